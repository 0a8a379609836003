using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// What became of one job name of one project on one executor on one UTC day: first attempts, and jobs whose attempt is not
/// known. A retry repeats what the first attempt met and is no fresh evidence (statistics.md A.1).
/// </summary>
/// <param name="Ran">Run times of those that succeeded: bucket of <see cref="TimeHistogram"/>, and how many.</param>
public sealed record JobDay(DateOnly Day, ExecutorFamily Executor, long Finished, FailureCounts Failed, IReadOnlyList<(int Bucket, long Jobs)> Ran);

/// <summary>Failed jobs, all and by the kinds that a move can change; the other kinds are in <paramref name="All"/> alone.</summary>
public sealed record FailureCounts(long All, long Infrastructure, long Script, long Timeout)
{
    public static readonly FailureCounts None = new(0, 0, 0, 0);

    /// <param name="kind">Null counts all kinds.</param>
    /// <exception cref="ArgumentOutOfRangeException">A kind that is not counted apart.</exception>
    public long Of(FailureKind? kind) => kind switch
    {
        null => All,
        FailureKind.Infrastructure => Infrastructure,
        FailureKind.Script => Script,
        FailureKind.Timeout => Timeout,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), $"{kind} is not counted apart."),
    };

    public static FailureCounts operator +(FailureCounts one, FailureCounts other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return new(one.All + other.All, one.Infrastructure + other.Infrastructure, one.Script + other.Script, one.Timeout + other.Timeout);
    }

    public static FailureCounts Add(FailureCounts left, FailureCounts right) => left + right;
}
