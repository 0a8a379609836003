using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Profiles;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>What a new configuration has where its maker says nothing.</summary>
internal static class NewRunnerConfig
{
    private const string Scratch = "concurrent = 10\n\n[[runners]]\n  name = \"k8s\"\n  executor = \"kubernetes\"\n\n  [runners.kubernetes]\n    image = \"alpine:3.21\"\n";

    /// <summary>For the GitLab of the instance and the newest runner that is released.</summary>
    public static RunnerConfiguration Default(InstanceDirectory instances, InstanceId of) =>
        new(DeploymentKind.Helm, "", new Version(ConfigKeys.Newest.Major, ConfigKeys.Newest.Minor - 1, 0), new DeploymentSettings { GitLabUrl = instances.Find(of)?.Url.ToString() ?? new DeploymentSettings().GitLabUrl });

    /// <param name="profile">Null: from scratch.</param>
    public static RunnerConfiguration Of(StartingProfile? profile, RunnerConfiguration over) =>
        profile is null ? over with { Toml = Scratch } : over with { Toml = profile.Toml.ReplaceLineEndings("\n"), Deployment = profile.Change(over.Deployment) };
}
