using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

public enum ComparisonVerdict
{
    /// <summary>Neither can be said yet; also without any data.</summary>
    Inconclusive,

    /// <summary>Not worse by the margin: the upper limit is below it.</summary>
    Pass,

    /// <summary>Worse: the lower limit is above 0, and the upper one not below the margin.</summary>
    Fail,
}

/// <summary>Limits of the stratified Miettinen-Nurminen score, and its test at the margin.</summary>
/// <param name="Z">Standard errors that the estimate lies above the margin; below zero speaks for Kubernetes.</param>
/// <param name="PValue">One-sided, of "worse by the margin or more".</param>
public readonly record struct ScoreLimits(double Low, double High, double Z, double PValue);

/// <summary>A compared stratum and what it adds to the common difference.</summary>
/// <param name="Weight">Its share of all weights, in (0, 1].</param>
/// <param name="Contribution">Weight times its own difference; those of all strata add up to the risk difference.</param>
public sealed record WeighedStratum(string Key, Rate Kubernetes, Rate Docker, double Weight, double Contribution);

/// <summary>
/// Is Kubernetes worse than docker, compared inside each stratum? All that a gate or a page says of it (statistics.md A.4, A.5, A.8, C).
/// Differences are Kubernetes − docker, as fractions in [−1, 1]; null without a stratum that has jobs on both executors.
/// </summary>
public sealed record Comparison
{
    /// <summary>How many strata are listed as weighing most.</summary>
    public const int MostListed = 10;

    /// <summary>How much worse is still accepted.</summary>
    public required double Margin { get; init; }

    /// <summary>Two-sided: 0.95 leaves an error of 0.025 to each side.</summary>
    public required double Confidence { get; init; }

    /// <summary>Plain sum over all strata, compared or not. Never compare with <see cref="Docker"/>: who moves first differs from who does not.</summary>
    public required Rate Kubernetes { get; init; }

    public required Rate Docker { get; init; }

    /// <summary>Those with jobs on both executors.</summary>
    public required int ComparedStrata { get; init; }

    /// <summary>Finished Kubernetes jobs in compared strata.</summary>
    public required long CoveredJobs { get; init; }

    /// <summary>Mantel-Haenszel, with Sato's standard error.</summary>
    public required MantelHaenszel? Difference { get; init; }

    public required ScoreLimits? Score { get; init; }

    /// <summary>Day by day left out. It exists from two days on; whole weeks are needed before it can be believed.</summary>
    public required BlockJackknife? ByDay { get; init; }

    /// <summary>Project by project left out; null where a cell does not tell its project.</summary>
    public required BlockJackknife? ByProject { get; init; }

    public required CmhTest? Cmh { get; init; }

    public required OddsRatio? Odds { get; init; }

    /// <summary>Is it the same in all strata?</summary>
    public required BreslowDay? Homogeneity { get; init; }

    /// <summary>The strata that move the difference most, either way, at most <see cref="MostListed"/>.</summary>
    public required IReadOnlyList<WeighedStratum> Weightiest { get; init; }

    /// <summary>Share of Kubernetes jobs that the comparison covers; null when there are none.</summary>
    public double? Coverage => Kubernetes.Finished == 0 ? null : (double)CoveredJobs / Kubernetes.Finished;

    /// <summary>The lowest of all limits.</summary>
    public double? Lower => Score is { } score ? Math.Min(score.Low, Math.Min(ByDay?.Low ?? 1, ByProject?.Low ?? 1)) : null;

    /// <summary>The highest of all limits: whichever way of failing together is worse decides.</summary>
    public double? Upper => Score is { } score ? Math.Max(score.High, Math.Max(ByDay?.High ?? -1, ByProject?.High ?? -1)) : null;

    public ComparisonVerdict Verdict =>
        Upper < Margin ? ComparisonVerdict.Pass
        : Lower > 0 ? ComparisonVerdict.Fail
        : ComparisonVerdict.Inconclusive;

    /// <param name="margin">As a fraction, strictly between −1 and 1: 0.0025 is 0.25 points.</param>
    /// <param name="confidence">Two-sided, strictly between 0 and 1; planned looks ask for more than 0.95.</param>
    /// <exception cref="ArgumentOutOfRangeException">Margin or confidence outside, or counts that are no rate.</exception>
    public static Comparison Of(IReadOnlyList<ComparisonCell> cells, double margin, double confidence) => Of(ComparisonTable.Of(cells), margin, confidence);

    internal static Comparison Of(ComparisonTable table, double margin, double confidence)
    {
        if (!(margin > -1 && margin < 1)) throw new ArgumentOutOfRangeException(nameof(margin), $"A margin of {margin} is not between -1 and 1.");
        _ = NormalTail.Reach(confidence);
        var all = table.Strata.Aggregate(default(Stratum), (sum, stratum) => sum + stratum);
        return new Comparison
        {
            Margin = margin,
            Confidence = confidence,
            Kubernetes = all.Kubernetes,
            Docker = all.Docker,
            ComparedStrata = table.Sums.Strata,
            CoveredJobs = table.Compared.Kubernetes.Finished,
            Difference = MantelHaenszel.Of(table.Strata),
            Score = ScoreOf(table.Strata, margin, confidence),
            ByDay = BlockJackknife.ByDay(table, confidence),
            ByProject = BlockJackknife.ByProject(table, confidence),
            Cmh = CmhTest.Of(table.Strata),
            Odds = OddsRatio.Of(table.Strata, confidence),
            Homogeneity = BreslowDay.Of(table.Strata),
            Weightiest = [.. Weigh(table).OrderByDescending(one => Math.Abs(one.Contribution)).ThenByDescending(one => one.Weight).ThenBy(one => one.Key, StringComparer.Ordinal).Take(MostListed)],
        };
    }

    private static ScoreLimits? ScoreOf(Stratum[] strata, double margin, double confidence)
    {
        if (StratifiedScore.Of(strata) is not { } score) return null;
        var (low, high) = score.Interval(confidence);
        return new ScoreLimits(low, high, score.Z(margin), score.PValue(margin));
    }

    private static IEnumerable<WeighedStratum> Weigh(ComparisonTable table) =>
        from place in Enumerable.Range(0, table.Strata.Length)
        let stratum = table.Strata[place]
        where stratum.IsCompared
        select new WeighedStratum(table.Keys[place], stratum.Kubernetes, stratum.Docker, stratum.Weight / table.Sums.Weight, stratum.WeighedDifference / table.Sums.Weight);
}
