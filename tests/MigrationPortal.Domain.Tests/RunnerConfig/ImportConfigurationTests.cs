using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Imports;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

public sealed class ImportConfigurationTests
{
    private static readonly RunnerConfiguration Default = new(DeploymentKind.Manifests, "", new Version(19, 3, 0), new DeploymentSettings { GitLabUrl = "https://gitlab.example.org:8443" });

    private static readonly DeploymentSettings Rich = Default.Deployment with { Replicas = 3, CacheSecret = "s3access", CertificateSecret = "ca", JobNamespace = "jobs", ManagerDisruptionBudget = true, LongestJobSeconds = 5000, Resources = new() { CpuRequest = "1", MemoryLimit = "1Gi", MemoryRequest = null } };

    [Theory]
    [InlineData(RenderForm.Helm)]
    [InlineData(RenderForm.Operator)]
    public void OwnRendering_ImportedAndRenderedAgain_IsTheSameText(RenderForm form)
    {
        var first = Render(new(DeploymentKind.Helm, RenderTests.Sample, Default.Target, form == RenderForm.Helm ? Rich : Rich with { Replicas = 1, ManagerDisruptionBudget = false }), form);
        var imported = Import(first);

        Keys(imported.Content.Toml).ShouldBe(Keys(RenderTests.Sample).Append("runners[].kubernetes.namespace").Order(StringComparer.Ordinal));
        Render(imported.Content, form).ShouldBe(first);
        imported.Remarks.ShouldNotContain(remark => remark.Contains("taken out", StringComparison.Ordinal));
    }

    [Fact]
    public void Contract_EveryValuesFile_IsImported_AndKeepsWhatTheChartReads()
    {
        Assert.SkipWhen(RunnerContract.Folder is null, RunnerContract.Absent);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RunnerContract.Folder!, "helm"), "*values*.yaml"))
        {
            var text = File.ReadAllText(file);
            var imported = Import(text);
            imported.Form.ShouldBe("Helm values", file);
            ConfigurationProblems.Of(imported.Content).ShouldBeEmpty(file);
            var values = YamlImport.Read(Render(imported.Content, RenderForm.Helm))!;
            ChartKeys.Unknown(values).ShouldBeEmpty(file);
            var before = YamlImport.Read(text)!;
            var gone = ChartKeys.Unknown(before).ToHashSet();
            foreach (var (key, value, _) in before.Fields)
                if (!gone.Contains(key) && key is not ("runnerToken" or "runnerRegistrationToken" or "shutdown_timeout") && !(key == "metrics" && value is YamlFields { } metrics && (metrics["enabled"] as YamlValue)?.Text == "false")) values[key].ShouldNotBeNull($"{file} {key}");
            Render(imported.Content, RenderForm.Helm).ShouldNotContain("REDACTED", Case.Sensitive, file);
        }
    }

    [Fact]
    public void Helm_TagsAndTokens_AreSaid()
    {
        var imported = Import("runnerToken: glrt-abcdefgh12345678\nextraEnv:\n  DB_PASSWORD: hunter22\n  A: b\nrunners:\n  tags: x\n  config: |\n    [[runners]]\n      [runners.kubernetes]\n        namespace = \"{{.Release.Namespace}}\"\n        image = \"{{ .Values.odd.image }}\"\n");

        imported.Remarks.ShouldContain(remark => remark.StartsWith("runnerToken was taken out", StringComparison.Ordinal));
        imported.Remarks.ShouldContain(remark => remark.StartsWith("extraEnv.DB_PASSWORD was taken out", StringComparison.Ordinal));
        imported.Remarks.ShouldContain(remark => remark.StartsWith("runners.tags is no value of the chart", StringComparison.Ordinal));
        imported.Remarks.ShouldContain(remark => remark.Contains("{{ .Values.odd.image }}", StringComparison.Ordinal));
        imported.Content.ToString().ShouldNotContain("hunter22");
        imported.Content.Deployment.Extra.ShouldBe("extraEnv:\n  A: b\n");
        Kubernetes(imported).Text("namespace").ShouldBe("gitlab-runner");
    }

    [Fact]
    public void Operator_InlineToml_IsExplained_AndWrittenAsAConfigMap()
    {
        var imported = Import("apiVersion: apps.gitlab.com/v1beta2\nkind: Runner\nmetadata:\n  name: r\n  namespace: ops\nspec:\n  gitlabUrl: https://g.example.org\n  token: t\n  buildImage: alpine:3\n  tags: a,b\n  color: red\n  config: |\n    [[runners]]\n      [runners.kubernetes]\n        poll_timeout = 7\n");

        imported.Remarks.ShouldContain(remark => remark.StartsWith("spec.config held TOML", StringComparison.Ordinal));
        imported.Remarks.ShouldContain(remark => remark.StartsWith("spec.color is no field", StringComparison.Ordinal));
        Kubernetes(imported).Whole("poll_timeout").ShouldBe(7);
        Kubernetes(imported).Text("image").ShouldBe("alpine:3");
        var rendered = RenderConfiguration.Run(imported.Content, RenderForm.Operator).ShouldBeOfType<Outcome<Rendered>.Done>().Result;
        ((YamlValue)((YamlFields)YamlImport.Read(rendered.Files[^1].Text)!["spec"]!)["config"]!).Text.ShouldBe("r-config");
        rendered.Files[^1].Text.ShouldNotContain("tags:");
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("a: [")]
    [InlineData("apiVersion: apps.gitlab.com/v1beta2\nkind: Runner\nspec:\n  config: lost\n")]
    public void WhatIsNone_IsRefused(string text) => ImportConfiguration.Read(text, Default).ShouldBeOfType<Outcome<Imported>.Refused>().Refusal.Code.ShouldBe("invalid-configuration");

    [Fact]
    public void Toml_StaysAsItIs() => Import("# ours\n[[runners]]\n  url = \"https://g.example.org\"\n").Content.ShouldSatisfyAllConditions(one => one.Toml.ShouldStartWith("# ours\n"), one => one.Deployment.GitLabUrl.ShouldBe("https://g.example.org"));

    private static Imported Import(string text) => ImportConfiguration.Read(text, Default).ShouldBeOfType<Outcome<Imported>.Done>().Result;

    private static string Render(RunnerConfiguration content, RenderForm form) => RenderConfiguration.Run(content, form).ShouldBeOfType<Outcome<Rendered>.Done>().Result.Text;

    private static ConfigTable Kubernetes(Imported imported) => ConfigDocument.Read(imported.Content.Toml).Document.ShouldNotBeNull().Runners[0].Table("kubernetes").ShouldNotBeNull();

    private static IEnumerable<string> Keys(string toml) => KeyWalk.Of(ConfigDocument.Read(toml).Document.ShouldNotBeNull()).Select(use => use.SchemaPath).Order(StringComparer.Ordinal);
}
