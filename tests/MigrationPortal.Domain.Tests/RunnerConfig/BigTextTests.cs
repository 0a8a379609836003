using System.Text;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Conversion;
using MigrationPortal.Domain.RunnerConfig.Imports;
using MigrationPortal.Domain.RunnerConfig.Rendering;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

/// <summary>Texts of somebody who means harm, or of a machine: eight times the text may take some times sixteen times as long, not 256 times.</summary>
[CollectionDefinition(Alone, DisableParallelization = true)]
[Collection(Alone)]
public sealed class BigTextTests
{
    private const string Alone = "nothing else beside it";

    // Milliseconds that say nothing of the text.
    private const int Noise = 100;
    private const int Most = 120;
    private const int Small = 15_000;

    private static readonly RunnerConfiguration Over = new(DeploymentKind.Helm, "[[runners]]\n", new(19, 3, 0), new());

    public static TheoryData<string> Texts => [.. Shapes.Keys];

    private static readonly Dictionary<string, (string Head, Func<int, string> Line)> Shapes = new()
    {
        ["comments above one key"] = ("", _ => "# a\n"),
        ["comments and keys"] = ("[[runners]]\nexecutor = \"docker\"\n[runners.feature_flags]\n", at => at % 9_000 == 8_999 ? $"[[runners]]\n[runners.feature_flags]\n" : $"# a\nk{at} = true\n"),
        ["unknown keys"] = ("[[runners]]\n[runners.kubernetes]\n", at => at % 9_000 == 8_999 ? $"[[runners]]\n[runners.kubernetes]\n" : $"key_{at} = 1\n"),
        ["long names"] = ("[runners.feature_flags.\"" + new string('a', 900) + "\"]\n", at => at < 9_999 ? $"k{at} = 1\n" : "# a\n"),
        ["comments in lists"] = ("", at => $"l{at % 5_000}{(at >= 5_000 ? $".x{at}" : "")} = [\n# a\n1]\n# b\n"),
        ["many labels"] = ("[[runners]]\nexecutor = \"kubernetes\"\n", at => at % 9_000 == 0 ? "[[runners]]\nexecutor = \"kubernetes\"\n[runners.kubernetes.pod_labels]\n" : $"k{at} = \"v\"\n"),
        ["many services"] = ("[[runners]]\nexecutor = \"docker\"\n", at => at % 9_000 == 0 ? "[[runners]]\nexecutor = \"docker\"\n[runners.docker]\n" : "[[runners.docker.services]]\nname = \"redis:1\"\n"),
        ["many claims"] = ("[[runners]]\nexecutor = \"kubernetes\"\n", at => at % 9_000 == 0 ? "[[runners]]\nexecutor = \"kubernetes\"\n[runners.kubernetes]\n" : $"[[runners.kubernetes.volumes.pvc]]\nname = \"a\"\nmount_path = \"/{at}\"\n"),
        ["many runners"] = ("", at => at < 9_999 ? "[[runners]]\nexecutor = \"docker\"\n" : "# a\n"),
        ["many volumes of docker"] = ("[[runners]]\nexecutor = \"docker\"\n[runners.docker]\nvolumes = [", at => $"\"/a{at}\","),
        ["long environment"] = ("[[runners]]\nexecutor = \"docker\"\nenvironment = [", at => $"\"A{at}=1\","),
        ["maps of maps"] = ("[[runners]]\nexecutor = \"docker\"\n", at => at % 4_000 == 0 ? "[[runners]]\nexecutor = \"docker\"\n" : $"[runners.docker.sysctls.a{at}]\nb = \"1\"\n"),
        ["one long value"] = ("[[runners]]\nexecutor = \"docker\"\npre_build_script = \"\"\"", _ => "docker login -u x "),
        ["braces of templates"] = ("gitlabUrl: https://x\nrunners:\n  config: |\n    [[runners]]\n", _ => "    # {{ {{ a\n"),
        ["braces in a row"] = ("gitlabUrl: https://x\nrunners:\n  config: |\n    # ", _ => "{{"),
        ["blanks in a template"] = ("gitlabUrl: https://x\nrunners:\n  config: |\n    # {{", _ => " "),
        ["many values"] = ("gitlabUrl: https://x\npodLabels:\n", at => $"  k{at}: v\n"),
        ["many items"] = ("gitlabUrl: https://x\nextraObjects:\n", at => $"- kind: A\n  metadata: {{name: n{at}}}\n"),
        ["merged maps"] = ("gitlabUrl: https://x\npodLabels:\n", at => at < 2_000 ? $"  k{at}: v\n" : at == 2_000 ? "x: &x {a: 1}\ny:\n" : "  - {<<: *x}\n"),
        ["many documents"] = ("", at => $"---\nkind: Runner\napiVersion: apps.gitlab.com/v1beta2\nmetadata: {{name: a{at}}}\nspec: {{config: c}}\n"),
    };

    private static readonly Dictionary<string, Action<string>> Uses = new()
    {
        ["reading"] = text => ConfigDocument.Read(text),
        ["comments"] = text =>
        {
            if (ConfigDocument.Read(text).Document is { } document) ConfigComments.Keep(document);
        },
        ["check"] = text => ValidateConfig.Of(text),
        ["conversion"] = text =>
        {
            if (ConfigDocument.Read(text).Document is { } document) ConvertConfig.Of(document, ConversionOptions.Default);
        },
        ["secrets"] = text =>
        {
            if (ConfigDocument.Read(text).Document is not null) ConfigSecrets.TakeOut(text);
        },
        ["import"] = text => ImportConfiguration.Read(text, Over),
        ["rendering"] = text => RenderConfiguration.Run(Over with { Toml = text }, RenderForm.Operator),
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Takes_time_by_its_length_alone(string shape)
    {
        var (small, big) = (Text(shape, Small), Text(shape, 16 * Small));
        foreach (var (use, run) in Uses)
        {
            var (before, after) = (Time(run, small), Time(run, big));
            Assert.True(after < Noise || after < Most * before, $"{use}: {before:0} ms, and {after:0} ms for sixteen times the text.");
        }
    }

    // Of the processor, not of the clock: what else the machine does is not counted. The quickest of some runs.
    private static double Time(Action<string> run, string text)
    {
        var best = double.MaxValue;
        for (var round = 0; round < 5 && (round == 0 || best < 1_000); round++)
        {
            var before = Environment.CpuUsage.TotalTime;
            run(text);
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
        }

        return best;
    }

    private static string Text(string shape, int length)
    {
        var (head, line) = Shapes[shape];
        var text = new StringBuilder(head);
        for (var at = 0; text.Length < length; at++) text.Append(line(at));
        if (head.EndsWith('[')) text.Append("]\n");
        if (head.EndsWith("\"\"\"", StringComparison.Ordinal)) text.Append("\"\"\"\n");
        return text.ToString();
    }
}
