namespace MigrationPortal.Domain.Fleet;

/// <summary>One runner process behind a runner: runner id + system id. The executor is known here and nowhere else.</summary>
public sealed record RunnerManager(
    string SystemId,
    Executor Executor,
    string? Version,
    RunnerStatus Status,
    DateTimeOffset? ContactedAt);
