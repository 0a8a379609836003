using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.RunnerConfig.Secrets;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

/// <summary>Forms say what has no place in them, and do not open what they close.</summary>
public sealed class FormFaultsTests
{
    private static readonly RunnerConfiguration Plain = new(DeploymentKind.Operator, "[[runners]]\nname = \"a\"\nexecutor = \"kubernetes\"\n[runners.kubernetes]\nimage = \"a\"\n", new Version(19, 3, 0), new DeploymentSettings());

    [Theory]
    [InlineData(RenderForm.Operator, "user, session_server, labels of the global section have no place in a Runner")]
    [InlineData(RenderForm.Helm, "user, labels of the global section have no place in the chart's values")]
    public void GlobalSections_WithoutAPlace_AreSaid(RenderForm form, string note) =>
        Run(Plain with { Toml = $"concurrent = 2\nuser = \"x\"\n[session_server]\nlisten_address = \":8093\"\n[labels]\nsome = \"y\"\n{Plain.Toml}" }, form).Notes.ShouldContain(one => one.StartsWith(note));

    [Fact]
    public void WhatWasKeptForTheOtherForm_IsLeftOut()
    {
        var kept = Plain with { Deployment = Plain.Deployment with { Extra = "podSpec: []\nnodeSelector: {a: b}\n" } };
        Run(kept, RenderForm.Helm).ShouldSatisfyAllConditions(one => ChartKeys.Unknown(YamlImport.Read(one.Text)!).ShouldBeEmpty(), one => one.Text.ShouldContain("nodeSelector"), one => one.Notes.ShouldContain(note => note.StartsWith("podSpec: kept")));
        Run(kept, RenderForm.Operator).ShouldSatisfyAllConditions(one => one.Text.ShouldNotContain("nodeSelector"), one => one.Notes.ShouldContain(note => note.StartsWith("nodeSelector: kept")));
    }

    [Theory]
    [InlineData(null, ":9252", false)]
    [InlineData("", ":9252", true)]
    [InlineData(":9999", ":9999", false)]
    [InlineData("0.0.0.0:9999", "0.0.0.0:9999", false)]
    [InlineData("localhost:9999", ":9999", true)]
    [InlineData("127.0.0.1:9999", ":9999", true)]
    [InlineData("[::1]:9999", ":9999", true)]
    [InlineData("odd", ":9252", true)]
    public void Probes_AreReachedWhereTheManagerListens(string? asked, string written, bool said)
    {
        var rendered = Run(Plain with { Toml = (asked is null ? "" : $"listen_address = \"{asked}\"\n") + Plain.Toml }, RenderForm.Manifests);
        rendered.Text.ShouldContain($"listen_address = \"{written}\"");
        rendered.Text.ShouldContain($"containerPort: {written[(written.LastIndexOf(':') + 1)..]}\n");
        rendered.Notes.Any(note => note.StartsWith("listen_address")).ShouldBe(said);
    }

    [Theory]
    [InlineData("0.0.0.0/0", "169.254.169.254/32,10.0.0.0/8", null)]
    [InlineData("169.254.0.0/16", "169.254.169.254/32", null)]
    [InlineData("169.254.169.254/32", "", "opens the address of cloud metadata")]
    [InlineData("::/0", "fd00:ec2::254/128", null)]
    [InlineData("10.1.0.0/16", "", "lies in the blocked range 10.0.0.0/8")]
    [InlineData("192.168.0.0/16", "", null)]
    public void EgressOfOnesOwn_DoesNotOpenCloudMetadata(string cidr, string except, string? note)
    {
        var rendered = Run(Plain with { Deployment = Plain.Deployment with { BlockedRanges = ["10.0.0.0/8"], Egress = [new EgressRule("all", cidr, null, [])] } }, RenderForm.NetworkPolicy);
        var egress = (YamlItems)((YamlFields)YamlImport.Read(rendered.Text)!["spec"]!)["egress"]!;
        var block = (YamlFields)((YamlFields)((YamlItems)((YamlFields)egress.Items[^1].Item)["to"]!).Items[0].Item)["ipBlock"]!;
        string.Join(',', (block["except"] as YamlItems)?.Items.Select(one => ((YamlValue)one.Item).Text) ?? []).ShouldBe(except);
        rendered.Notes.Any(one => note is not null && one.Contains(note)).ShouldBe(note is not null);
    }

    [Theory]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"login\"\nmount_path = \"/x\"", SecretForm.Projected)]
    [InlineData("[[runners.kubernetes.volumes.pvc]]\nname = \"login\"\nmount_path = \"/x\"", SecretForm.Projected)]
    [InlineData("[[runners.kubernetes.pod_spec]]\nname = \"p\"\npatch = \"volumes: [{name: login, emptyDir: {}}]\"", SecretForm.Projected)]
    [InlineData("[[runners.kubernetes.volumes.empty_dir]]\nname = \"other\"\nmount_path = \"/x\"", SecretForm.OneVolume)]
    public void ASecretsName_IsComparedWithEveryVolume(string section, SecretForm form) =>
        Choose(section, "/credentials").ShouldBeOfType<Outcome<SecretPlan>.Done>().Result.Form.ShouldBe(form);

    [Fact]
    public void ADirectoryThatIsTaken_IsRefused() =>
        Choose("[[runners.kubernetes.volumes.empty_dir]]\nname = \"other\"\nmount_path = \"/credentials/\"", "/credentials").ShouldBeOfType<Outcome<SecretPlan>.Refused>().Refusal.Reasons[0].ShouldContain("the volume other is mounted");

    [Fact]
    public void AProjectedVolume_TakesNoNameOfAnotherVolume()
    {
        var document = ConfigDocument.Read("[[runners]]\n[[runners.kubernetes.volumes.empty_dir]]\nname = \"credentials\"\nmount_path = \"/x\"\n").Document!;
        SecretMounts.Write(document.Runners[0], new("/y", [new("a", "k", "k"), new("b", "k", "l")], false, true), SecretForm.Projected);
        document.Runners[0].Table("kubernetes")!.Tables("pod_spec")[0].Text("name").ShouldBe("credentials-2");
    }

    [Theory]
    [InlineData("environment = [\"FF_X=true\"]", true)]
    [InlineData("environment = [\"FF_X=true\", \"FF_X=0\"]", false)]
    [InlineData("environment = [\"FF_X= T \"]", true)]
    [InlineData("environment = [\"FF_X=maybe\"]", false)]
    [InlineData("environment = [\"FF_X=true\"]\nfeature_flags = {FF_X = false}", false)]
    [InlineData("feature_flags = {ff_x = true}", false)]
    public void AFlag_IsOnForAllAlike(string lines, bool on)
    {
        var table = ConfigDocument.Read($"[[runners]]\n{lines}\n").Document!.Runners[0];
        new RunnerSection(table, "runners[0]", 0).IsOn("FF_X").ShouldBe(on);
        MigrationPortal.Domain.RunnerConfig.Model.ConfigLens.Read<MigrationPortal.Domain.RunnerConfig.Model.RunnerSettings>(table).IsOn("FF_X").ShouldBe(on);
    }

    [Fact]
    public void ItsOwnNetworkPolicy_IsAskedOf()
    {
        RenderConfiguration.Judge(Plain).ShouldNotContain(one => one.Code == CheckCodes.NoNetworkPolicy);
        RenderConfiguration.Judge(Plain with { Toml = Plain.Toml + "namespace_per_job = true\n" }).ShouldContain(one => one.Code == CheckCodes.NoNetworkPolicy && one.Severity == CheckSeverity.Warning);
    }

    private static Outcome<SecretPlan> Choose(string section, string directory) =>
        SecretMounts.Choose(ConfigDocument.Read($"[[runners]]\n[runners.kubernetes]\n{section}\n").Document!.Runners[0], new(directory, [new("login", "k", "k")], false, false));

    private static Rendered Run(RunnerConfiguration content, RenderForm form) => RenderConfiguration.Run(content, form).ShouldBeOfType<Outcome<Rendered>.Done>().Result;
}
