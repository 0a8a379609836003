using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Domain.Insights;

/// <summary>Job names that fail more often since their move, as far as the evidence goes. Pure.</summary>
public static class Regressions
{
    /// <summary>Fewer finished jobs on a side are not compared: one failure of one would head the list.</summary>
    public const int LeastJobs = 10;

    /// <param name="kind">Which failures count; null counts all, which is what a move to an executor that reports reasons otherwise needs.</param>
    /// <param name="confidence">Two-sided: the lower limit alone errs half as often.</param>
    /// <returns>Those whose lower limit against before lies above zero, the highest limit first.</returns>
    public static IReadOnlyList<Regression> Worse(IEnumerable<JobMove> moves, FailureKind? kind, double confidence)
    {
        ArgumentNullException.ThrowIfNull(moves);
        return
        [
            .. moves.Select(move => Of(move, kind, confidence)).OfType<Regression>()
                .OrderByDescending(one => one.Low).ThenBy(one => one.Move.Project.Number).ThenBy(one => one.Move.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>How many of the compared would be listed although nothing changed, at most: each errs by half of what the confidence leaves.</summary>
    public static double ByChance(long compared, double confidence) => compared * (1 - confidence) / 2;

    private static Regression? Of(JobMove move, FailureKind? kind, double confidence)
    {
        var (before, after) = (move.Before.Rate(kind), move.After.Rate(kind));
        if (!(after.Value > before.Value) || NewcombeInterval.Of(after, before, confidence) is not { Low: > 0 } limits) return null;
        var beside = NewcombeInterval.Of(after, move.Beside.Rate(kind), confidence);
        return new Regression(move, limits.Low, limits.High, beside?.Low, beside?.High);
    }
}

/// <param name="Low">Of the rise of the failure rate against before, as a fraction.</param>
/// <param name="BesideLow">Against docker at the same time; null where docker ran none of it.</param>
public sealed record Regression(JobMove Move, double Low, double High, double? BesideLow, double? BesideHigh);
