using MigrationPortal.Domain.RunnerConfig.Configurations;

namespace MigrationPortal.Domain.RunnerConfig.Profiles;

/// <summary>A configuration to begin with.</summary>
/// <param name="Key">In addresses and the API.</param>
/// <param name="For">Who takes it, and what it costs.</param>
/// <param name="Change">Of the deployment's settings.</param>
public sealed record StartingProfile(string Key, string Title, string For, string Toml, Func<DeploymentSettings, DeploymentSettings> Change);
