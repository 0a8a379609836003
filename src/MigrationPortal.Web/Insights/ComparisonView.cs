using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Insights;

/// <param name="Rate">Fraction; null when nothing finished.</param>
public sealed record RateCount(long Failed, long Finished, double? Rate)
{
    internal static RateCount Of(Rate rate) => new(rate.Failed, rate.Finished, rate.Value);
}

/// <param name="Blocks">Days, or projects, that were left out one by one.</param>
public sealed record BlockLimitsView(double Low, double High, double StandardError, int Blocks)
{
    internal static BlockLimitsView? Of(BlockJackknife? jackknife) => jackknife is null ? null : new(jackknife.Low, jackknife.High, jackknife.StandardError, jackknife.Blocks);
}

public sealed record OddsRatioView(double Value, double Low, double High);

/// <param name="PValue">Two-sided.</param>
public sealed record CmhView(double ChiSquare, double PValue);

public sealed record BreslowDayView(double ChiSquare, int DegreesOfFreedom, double PValue);

/// <param name="Z">Standard errors above the margin.</param>
/// <param name="PValue">One-sided, of "worse by the margin or more".</param>
public sealed record ScoreView(double Low, double High, double Z, double PValue);

/// <param name="Weight">Share of all weights.</param>
/// <param name="Contribution">Part of the risk difference that this stratum brings.</param>
public sealed record WeighedStratumView(string Key, RateCount Kubernetes, RateCount Docker, double Weight, double Contribution);

/// <summary>Differences are Kubernetes − docker, as fractions; null where no stratum has jobs on both executors.</summary>
/// <param name="Kubernetes">Sum over all strata, compared or not.</param>
/// <param name="ComparedStrata">Strata with jobs on both executors.</param>
/// <param name="CoveredJobs">Kubernetes jobs in compared strata.</param>
/// <param name="Coverage">Their share of all Kubernetes jobs.</param>
/// <param name="RiskDifference">Mantel-Haenszel.</param>
/// <param name="StandardError">Of the risk difference (Sato); for display.</param>
/// <param name="Score">Stratified Miettinen-Nurminen with Mantel-Haenszel weights.</param>
/// <param name="Newcombe">Hybrid score; for one compared stratum.</param>
/// <param name="FarringtonManning">The score without the factor n/(n − 1); for one compared stratum.</param>
/// <param name="ByDay">Jackknife by day; from two days on.</param>
/// <param name="Lower">The lowest of the limits that decide: score, by day and by project.</param>
/// <param name="Z">Of the score at the margin: standard errors above it.</param>
/// <param name="PValue">One-sided, of "worse by the margin or more".</param>
/// <param name="Cmh">Cochran-Mantel-Haenszel test of no difference, without continuity correction.</param>
/// <param name="OddsRatio">Mantel-Haenszel; null where an arm has no failures.</param>
/// <param name="BreslowDay">Is the odds ratio the same everywhere? With Tarone's correction.</param>
/// <param name="Weightiest">The strata that move the difference most, either way.</param>
public sealed record ComparisonView(
    double Margin, double Confidence, ComparisonVerdict Verdict, RateCount Kubernetes, RateCount Docker, int ComparedStrata, long CoveredJobs, double? Coverage,
    double? RiskDifference, double? StandardError, LimitsView? Score, LimitsView? Newcombe, ScoreView? FarringtonManning, BlockLimitsView? ByDay, BlockLimitsView? ByProject,
    double? Lower, double? Upper, double? Z, double? PValue, CmhView? Cmh, OddsRatioView? OddsRatio, BreslowDayView? BreslowDay, IReadOnlyList<WeighedStratumView> Weightiest)
{
    internal static ComparisonView Of(Comparison of)
    {
        var lone = of.ComparedStrata == 1 ? of.Weightiest[0] : null;
        return new ComparisonView(
            of.Margin, of.Confidence, of.Verdict, RateCount.Of(of.Kubernetes), RateCount.Of(of.Docker), of.ComparedStrata, of.CoveredJobs, of.Coverage,
            of.Difference?.RiskDifference, of.Difference?.StandardError, of.Score is { } score ? new LimitsView(score.Low, score.High) : null,
            lone is not null && NewcombeInterval.Of(lone.Kubernetes, lone.Docker, of.Confidence) is var (low, high) ? new LimitsView(low, high) : null,
            lone is null ? null : Uncorrected(new Stratum(lone.Kubernetes, lone.Docker), of), BlockLimitsView.Of(of.ByDay), BlockLimitsView.Of(of.ByProject),
            of.Lower, of.Upper, of.Score?.Z, of.Score?.PValue,
            of.Cmh is { } cmh ? new CmhView(cmh.ChiSquare, cmh.PValue) : null,
            of.Odds is { } odds ? new OddsRatioView(odds.Value, odds.Low, odds.High) : null,
            of.Homogeneity is { } test ? new BreslowDayView(test.ChiSquare, test.DegreesOfFreedom, test.PValue) : null,
            [.. of.Weightiest.Select(one => new WeighedStratumView(one.Key, RateCount.Of(one.Kubernetes), RateCount.Of(one.Docker), one.Weight, one.Contribution))]);
    }

    private static ScoreView Uncorrected(Stratum stratum, Comparison of)
    {
        var score = StratifiedScore.Of([stratum], ScoreMethod.FarringtonManning)!;
        var (low, high) = score.Interval(of.Confidence);
        return new ScoreView(low, high, score.Z(of.Margin), score.PValue(of.Margin));
    }
}
