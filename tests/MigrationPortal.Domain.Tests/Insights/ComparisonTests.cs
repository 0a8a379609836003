using CsCheck;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

public sealed class ComparisonTests
{
    private static readonly DateOnly Monday = new(2026, 11, 2);

    [Fact]
    public void Of_HasThePartsOfTheSameStrata()
    {
        var comparison = Comparison.Of(OneDay(Strata.Cisapride), 0.2, 0.95);
        var score = StratifiedScore.Of(Strata.Cisapride)!;

        comparison.Difference.ShouldBe(MantelHaenszel.Of(Strata.Cisapride));
        comparison.Score.ShouldBe(new ScoreLimits(score.Interval(0.95).Low, score.Interval(0.95).High, score.Z(0.2), score.PValue(0.2)));
        comparison.Cmh.ShouldBe(CmhTest.Of(Strata.Cisapride));
        comparison.Odds.ShouldBe(OddsRatio.Of(Strata.Cisapride));
        comparison.Homogeneity.ShouldBe(BreslowDay.Of(Strata.Cisapride));
        comparison.ByDay.ShouldBeNull("There is one day.");
        comparison.ByProject.ShouldBeNull();
        (comparison.Lower, comparison.Upper).ShouldBe((comparison.Score!.Value.Low, comparison.Score.Value.High));
    }

    [Theory]
    [InlineData(3, 4_000, 3, 4_000, 0.005, ComparisonVerdict.Pass)]
    [InlineData(40, 4_000, 3, 4_000, 0.005, ComparisonVerdict.Fail)]
    [InlineData(6, 4_000, 3, 4_000, 0.001, ComparisonVerdict.Inconclusive)]
    [InlineData(16, 40_000, 4, 40_000, 0.005, ComparisonVerdict.Pass)]
    [InlineData(0, 0, 3, 4_000, 0.5, ComparisonVerdict.Inconclusive)]
    [InlineData(0, 10, 0, 10, 0.0025, ComparisonVerdict.Inconclusive)]
    public void Verdict_OfOneStratum(long failed, long finished, long dockerFailed, long dockerFinished, double margin, ComparisonVerdict verdict) =>
        Comparison.Of(OneDay(Strata.Of(failed, finished, dockerFailed, dockerFinished)), margin, 0.95).Verdict.ShouldBe(verdict);

    [Fact]
    public void Verdict_IncidentDays_WidenTheLimitsThatDecide()
    {
        ComparisonCell[] cells = [.. Enumerable.Range(0, 14).Select(day => new ComparisonCell("a", Monday.AddDays(day), new Rate(day == 6 ? 60 : 2, 1_000), new Rate(4, 1_000)))];

        var comparison = Comparison.Of(cells, 0.0075, 0.95);

        comparison.Score!.Value.High.ShouldBeLessThan(0.0075);
        comparison.Upper.ShouldBe(comparison.ByDay!.High);
        comparison.Lower.ShouldBe(comparison.ByDay.Low);
        comparison.Verdict.ShouldBe(ComparisonVerdict.Inconclusive);
    }

    [Fact]
    public void Limits_OfProjectsThatFailTogether_CountWhereCellsNameThem()
    {
        ComparisonCell[] cells =
        [
            .. Enumerable.Range(0, 30).Select(project => new ComparisonCell("calm", Monday.AddDays(project % 3), new Rate(project == 7 ? 90 : 0, 300), default, $"moved-{project}")),
            .. Enumerable.Range(0, 30).Select(project => new ComparisonCell("calm", Monday.AddDays(project % 3), default, new Rate(2, 300), $"waits-{project}")),
        ];

        var comparison = Comparison.Of(cells, 0.0025, 0.95);

        comparison.ByProject!.Blocks.ShouldBe(60);
        comparison.Upper.ShouldBe(Math.Max(comparison.ByDay!.High, comparison.ByProject.High));
        Comparison.Of([.. cells, new ComparisonCell("calm", Monday, new Rate(0, 1), default)], 0.0025, 0.95).ByProject.ShouldBeNull("A cell does not tell its project.");
    }

    [Fact]
    public void Coverage_IsTheShareOfKubernetesJobsThatCanBeCompared()
    {
        var comparison = Comparison.Of(OneDay(Strata.Of(1, 300, 2, 40), Strata.Of(9, 100, 0, 0), Strata.Of(0, 0, 5, 70)), 0.0025, 0.95);

        (comparison.ComparedStrata, comparison.CoveredJobs, comparison.Coverage).ShouldBe((1, 300, 0.75));
        (comparison.Kubernetes, comparison.Docker).ShouldBe((new Rate(10, 400), new Rate(7, 110)));
    }

    [Fact]
    public void Weightiest_AddUpToTheDifference_TheHeaviestFirst()
    {
        var comparison = Comparison.Of([.. OneDay(Strata.Migraine), new ComparisonCell("lone", Monday, new Rate(9, 9), default)], 0.1, 0.95);

        comparison.Weightiest.Select(one => one.Key).ShouldBe(["0", "1"]);
        comparison.Weightiest.Sum(one => one.Weight).ShouldBe(1, 1e-12);
        comparison.Weightiest.Sum(one => one.Contribution).ShouldBe(comparison.Difference!.Value.RiskDifference, 1e-12);
        Comparison.Of(OneDay([.. Strata.Cisapride]), 0.1, 0.95).Weightiest.Count.ShouldBe(Comparison.MostListed);
    }

    [Fact]
    public void NothingToCompare_SaysNothing()
    {
        var comparison = Comparison.Of([], 0.0025, 0.95);

        (comparison.Difference, comparison.Score, comparison.Lower, comparison.Upper, comparison.Coverage).ShouldBe((null, null, null, null, null));
        comparison.Verdict.ShouldBe(ComparisonVerdict.Inconclusive);
        comparison.Weightiest.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1, 0.95)]
    [InlineData(-1, 0.95)]
    [InlineData(double.NaN, 0.95)]
    [InlineData(0, 0)]
    [InlineData(0, double.NaN)]
    public void Of_Nonsense_Throws(double margin, double confidence) => Should.Throw<ArgumentOutOfRangeException>(() => Comparison.Of([], margin, confidence));

    // The whole, over cells in any order and cut into days and parts: the same answer.
    [Fact]
    public void Of_CellsInAnyOrder_AndCutUp_IsTheSame() => Gen.Select(Strata.Some, Gen.Long[2, 9]).Sample((strata, parts) =>
    {
        var whole = Comparison.Of(OneDay(strata), 0.0025, 0.95);
        var cut = Comparison.Of([.. OneDay(strata).Reverse().SelectMany(cell => Cut(cell, parts))], 0.0025, 0.95);
        cut.Score!.Value.Low.ShouldBe(whole.Score!.Value.Low, 1e-10);
        cut.Score.Value.High.ShouldBe(whole.Score.Value.High, 1e-10);
        cut.Verdict.ShouldBe(whole.Verdict);
    });

    [Fact]
    public void Pass_NeverWithoutTheTestSayingSo() => Gen.Select(Strata.Some, Gen.Double[0.001, 0.5]).Sample((strata, margin) =>
    {
        var comparison = Comparison.Of(OneDay(strata), margin, 0.95);
        if (comparison.Verdict == ComparisonVerdict.Pass) comparison.Score!.Value.PValue.ShouldBeLessThan(0.025 + 1e-7);
    });

    private static IEnumerable<ComparisonCell> Cut(ComparisonCell cell, long parts)
    {
        var first = cell with { Kubernetes = Part(cell.Kubernetes, parts), Docker = Part(cell.Docker, parts) };
        return [first, cell with { Kubernetes = Rest(cell.Kubernetes, first.Kubernetes), Docker = Rest(cell.Docker, first.Docker) }];
        static Rate Part(Rate rate, long parts) => new(rate.Failed / parts, (rate.Failed / parts) + ((rate.Finished - rate.Failed) / parts));
        static Rate Rest(Rate rate, Rate part) => new(rate.Failed - part.Failed, rate.Finished - part.Finished);
    }

    private static ComparisonCell[] OneDay(params Stratum[] strata) => [.. strata.Select((stratum, index) => new ComparisonCell($"{index}", Monday, stratum.Kubernetes, stratum.Docker))];
}
