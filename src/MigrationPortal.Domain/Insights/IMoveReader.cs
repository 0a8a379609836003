using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>Job names that have moved to Kubernetes, as the last digest sweep found them.</summary>
public interface IMoveReader
{
    /// <summary>How many were compared, and those of them that failed more often after than before, whatever the evidence.</summary>
    Task<MovesRead> ReadAsync(MoveFilter filter, CancellationToken cancel);

    /// <summary>
    /// Median run times in seconds of each moved name with at least so many jobs on both sides: after the move on Kubernetes, and on
    /// docker at the same time, or before the move where too few ran there then. Sides without a median, or of no time, are left out.
    /// </summary>
    Task<IReadOnlyList<(double Kubernetes, double Docker)>> PairedMediansAsync(InstanceId instance, long leastJobs, CancellationToken cancel);
}

/// <param name="Owner">Top-level group.</param>
/// <param name="Search">Part of the project's path or of the job's name.</param>
/// <param name="Kind">Which failures count; null counts all.</param>
public sealed record MoveFilter(InstanceId Instance, Jobs.FailureKind? Kind = null, ProjectId? Project = null, string? Owner = null, string? Search = null);

/// <param name="Compared">Job names with at least <see cref="Regressions.LeastJobs"/> jobs, retries not counted, on both sides of their move.</param>
/// <param name="CountedAt">The instance's time of the last count; null before the first.</param>
public sealed record MovesRead(long Compared, IReadOnlyList<(JobMove Move, string? ProjectPath)> Higher, DateTimeOffset? CountedAt);
