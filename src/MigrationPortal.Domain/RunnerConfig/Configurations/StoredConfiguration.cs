using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.RunnerConfig.Configurations;

/// <summary>A configuration that the portal keeps, with its newest revision.</summary>
/// <param name="Instance">The GitLab whose runner it is.</param>
public sealed record StoredConfiguration(long Id, InstanceId Instance, string Name, ConfigRevision Current);

/// <summary>One state of a configuration. Revisions are only appended.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="At">The instance's time.</param>
/// <param name="Remarks">What was taken out or lost when it was taken in; without values.</param>
public sealed record ConfigRevision(int Number, RunnerConfiguration Content, Actor Author, DateTimeOffset At, string Reason, IReadOnlyList<string> Remarks);

/// <summary>A revision without its text.</summary>
public sealed record RevisionHeader(int Number, DeploymentKind Kind, Version Target, Actor Author, DateTimeOffset At, string Reason)
{
    public static RevisionHeader Of(ConfigRevision one) => new(one.Number, one.Content.Kind, one.Content.Target, one.Author, one.At, one.Reason);
}
