using System.Text.RegularExpressions;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Conversion;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Conversion;

public sealed partial class ConvertContractTests
{
    [Fact]
    public void Contract_EverySampleOfDockerIsConvertedWhole()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        var converted = 0;
        foreach (var (name, toml) in RunnerContract.Parsable())
        {
            var document = ConfigDocument.Read(toml).Document.ShouldNotBeNull(name);
            if (!ConvertConfig.Of(document, ConversionOptions.Default).TryGet(out var result, out var refusal))
            {
                refusal.Code.ShouldBe("no-docker-runner", name);
                continue;
            }

            converted++;
            ConversionLaws.Hold(document, result, ConversionOptions.Default, name);
        }

        converted.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void Contract_EveryKeyOfTheTemplatesIsKnown()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RunnerContract.Folder!, "config-toml"), "*.tftpl"))
        {
            var rendered = ConfigDocument.Read(Rendered(File.ReadAllText(file)));
            var document = rendered.Document.ShouldNotBeNull($"{Path.GetFileName(file)}: {string.Join(" ", rendered.Faults)}");
            var result = Converted.Of(Rendered(File.ReadAllText(file)));
            ConversionLaws.Hold(document, result, ConversionOptions.Default, file);
            result.Keys.ShouldAllBe(key => ConfigKeys.Find(key.SchemaPath) != null || key.SchemaPath.Contains("plugin_config.", StringComparison.Ordinal));
        }
    }

    // As Terraform would: whole lines of its own go, values become what is taken at such a place.
    private static string Rendered(string template)
    {
        var lines = template.Split('\n')
            .Where(line => !line.Contains("%{", StringComparison.Ordinal) && !OnlyValue().IsMatch(line) && !line.Contains("${key}", StringComparison.Ordinal) && !line.Contains("autoscaling]]", StringComparison.Ordinal) && !line.Contains("policy]]", StringComparison.Ordinal))
            .Select(line => Environment().Replace(line, "environment = [\"A=b\"]"))
            .Select(line => Script().Replace(line, "$1 = \"true\""))
            .Select(line => Flag().Replace(line, "$1 = false"))
            .Select(line => Number().Replace(line, "= 3"));
        return string.Join('\n', lines);
    }

    [GeneratedRegex(@"^\s*\$\{[a-z_]+\}\s*$")]
    private static partial Regex OnlyValue();

    [GeneratedRegex(@"environment\s*=\s*\$\{[^}]+\}")]
    private static partial Regex Environment();

    [GeneratedRegex(@"(\w+_script)\s*=\s*\$\{[^}]+\}")]
    private static partial Regex Script();

    [GeneratedRegex(@"(Shared)\s*=\s*\$\{[^}]+\}")]
    private static partial Regex Flag();

    [GeneratedRegex(@"=\s*\$\{[^}]+\}")]
    private static partial Regex Number();
}
