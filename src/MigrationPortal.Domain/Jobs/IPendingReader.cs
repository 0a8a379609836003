using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>Jobs that wait for a runner, as last seen, by class: there may be thousands, but they ask for few things.</summary>
public interface IPendingReader
{
    /// <param name="since">Instants; each class says how many of its jobs were queued at or before each.</param>
    Task<IReadOnlyList<PendingClass>> ClassesAsync(InstanceId instance, IReadOnlyList<DateTimeOffset> since, CancellationToken cancel);

    /// <summary>Jobs of these classes, the longest waiting first.</summary>
    Task<IReadOnlyList<JobRow>> JobsAsync(InstanceId instance, IReadOnlyCollection<PendingClass> classes, int limit, CancellationToken cancel);
}

/// <param name="Tags">Null when they are not known.</param>
/// <param name="Oldest">When the one that waits longest was queued.</param>
/// <param name="QueuedBy">How many were queued by each instant that was asked for.</param>
public sealed record PendingClass(ProjectId Project, TagSet? Tags, bool? Protected, long Jobs, DateTimeOffset? Oldest, IReadOnlyList<long> QueuedBy);
