using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Identity;
using MigrationPortal.Domain.RunnerConfig.Profiles;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.RunnerConfig;

public sealed class StartingProfilesTests
{
    public static TheoryData<string> Keys => [.. StartingProfiles.All.Select(one => one.Key)];

    [Theory]
    [MemberData(nameof(Keys))]
    public void Profile_IsWithoutErrors_AndRenderedInEveryForm(string key)
    {
        var profile = StartingProfiles.Find(key)!;
        var content = new RunnerConfiguration(DeploymentKind.Helm, profile.Toml, new Version(19, 3, 0), profile.Change(new DeploymentSettings()));

        ValidateConfig.Of(content.Toml, content.Target, new JobNamespaceFacts { PodSecurity = content.Deployment.PodSecurity }).Where(found => found.Severity == CheckSeverity.Error).ShouldBeEmpty();
        ConfigurationProblems.Of(content).ShouldBeEmpty();
        ConfigSecrets.TakeOut(content.Toml).Taken.ShouldBeEmpty();
        foreach (var form in Enum.GetValues<RenderForm>()) RenderConfiguration.Run(content, form).ShouldBeOfType<Outcome<Rendered>.Done>();
        ConfigDocument.Read(content.Toml).Document!.Render().ShouldBe(WithoutComments(content.Toml), "written as the portal writes it");
    }

    [Fact]
    public void Hardened_NothingRunsAsRoot_AndNothingCalmsTheChecks()
    {
        var profile = StartingProfiles.Find("hardened")!;

        ValidateConfig.Of(profile.Toml, new Version(19, 3, 0), new JobNamespaceFacts { PodSecurity = PodSecurityLevel.Restricted }).Where(found => found.Severity != CheckSeverity.Info).Select(found => found.Code).ShouldBe(["missing-cache"], "a store that nobody named");
        var runner = KubernetesSection.Of(ConfigDocument.Read(profile.Toml).Document!)[0];
        ResolveIdentity.Of(runner, AskedIdentity.Of("0:0", "0")).Containers.ShouldAllBe(one => one.Uid == 1000 && one.Gid == 1000);
    }

    private static string WithoutComments(string toml) => string.Concat(toml.ReplaceLineEndings("\n").Split('\n').Where(line => !line.TrimStart().StartsWith('#')).Select(line => line + "\n")).TrimEnd('\n') + "\n";
}
