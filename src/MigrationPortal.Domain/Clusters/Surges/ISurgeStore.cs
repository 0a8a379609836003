using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>Surges with what was seen of them. A runner of QA is in at most one that is active.</summary>
public interface ISurgeStore
{
    /// <returns>With its number; null when one of its runners is lent already, or one of its clusters is gone.</returns>
    Task<Surge?> AddAsync(Surge surge, CancellationToken cancel);

    /// <returns>The new version; null when it is no longer as the caller read it.</returns>
    Task<Surge?> SaveAsync(Surge surge, CancellationToken cancel);

    Task<Surge?> FindAsync(long id, CancellationToken cancel);

    /// <summary>Those to be carried on, oldest first.</summary>
    Task<IReadOnlyList<Surge>> OpenAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Surge>> ListAsync(InstanceId instance, int limit, long? before, CancellationToken cancel);

    Task AddSampleAsync(long surge, SurgeSample sample, CancellationToken cancel);

    /// <summary>Oldest first, thinned out evenly to at most so many; the last one is always among them.</summary>
    Task<IReadOnlyList<SurgeSample>> SamplesAsync(long surge, int most, CancellationToken cancel);
}

/// <summary>One look at production's queue.</summary>
/// <param name="At">The instance's time.</param>
/// <param name="Queued">Jobs that waited for such a runner as was lent.</param>
/// <param name="Running">Jobs that the lent runners ran.</param>
/// <param name="Taken">Jobs that they had taken until then.</param>
public sealed record SurgeSample(DateTimeOffset At, long Queued, long Running, long Taken);
