using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>A row of the raw table: what all sources said together, and what the portal stamped on it.</summary>
/// <param name="Seen">Joined by <see cref="JobMerge"/>; its executor is what sources said, not the stamp.</param>
/// <param name="Executor">The stamp. What a source said first stays; until one says anything, the memory of managers stands in.</param>
/// <param name="Version">The manager's version when the job was collected, if it was known.</param>
internal sealed record StoredJob(JobObservation Seen, Executor Executor, string? Version, JobAttempt Attempt)
{
    public FailureKind Kind { get; } = FailureReasons.KindOf(Seen.Status, Seen.FailureReason);

    /// <summary>What a new observation and the portal's memory of managers make of a row that may be there already.</summary>
    public static StoredJob Of(StoredJob? there, JobObservation seen, ManagerMemory managers, Attempts attempts)
    {
        var merged = there is null ? seen : JobMerge.Merge(there.Seen, seen);
        // GitLab tells a manager's executor of now, not of then (gitlab-api.md 2.1): a manager that changed must not change its past.
        if (Known(there?.Seen.Executor) is { } said) merged = merged with { Executor = said };
        var manager = merged.RunnerNumber is { } runner ? managers.Find(runner, merged.SystemId) : null;
        var executor = Known(merged.Executor) ?? Known(there?.Executor) ?? Known(manager?.Executor) ?? Executor.Unknown;
        return new StoredJob(merged, executor, there?.Version ?? manager?.Version, attempts.Of(merged, there));
    }

    private static Executor? Known(Executor? one) => one == Executor.Unknown ? null : one;
}
