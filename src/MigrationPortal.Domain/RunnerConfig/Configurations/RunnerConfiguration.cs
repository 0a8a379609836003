namespace MigrationPortal.Domain.RunnerConfig.Configurations;

/// <summary>All that makes a runner manager: its <c>config.toml</c>, the runner it is written for, and how it is deployed. Holds no secret.</summary>
/// <param name="Toml">The whole file, without tokens and keys.</param>
/// <param name="Target">The runner that has to read it: keys that it does not know are ignored in silence.</param>
public sealed record RunnerConfiguration(DeploymentKind Kind, string Toml, Version Target, DeploymentSettings Deployment);

/// <summary>Who brings it into a cluster. Stored by name.</summary>
public enum DeploymentKind
{
    Helm,
    Operator,

    /// <summary>The portal's own manifests, without Helm.</summary>
    Manifests,

    /// <summary>Managed elsewhere (GitOps, Terraform): the portal hands files over and watches what comes of it.</summary>
    Exported,
}
