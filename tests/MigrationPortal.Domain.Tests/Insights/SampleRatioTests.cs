using CsCheck;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Tests.Insights;

public class SampleRatioTests
{
    [Theory]
    // GrowthBook, packages/stats/tests/test_gbstats.py, test_srm.
    [InlineData(new[] { 1_000L, 1_200 }, new[] { 0.5, 0.5 }, 0.000020079, 5e-10)]
    // Kohavi, Tang and Xu 2020, Trustworthy Online Controlled Experiments, chapter 3: 1.8e-6.
    [InlineData(new[] { 821_588L, 815_482 }, new[] { 1.0, 1 }, 1.821792872619e-6, 1e-15)]
    // SciPy, scipy.stats.chisquare, both examples.
    [InlineData(new[] { 16L, 18, 16, 14, 12, 12 }, new[] { 1.0, 1, 1, 1, 1, 1 }, 0.84914503608460956, 1e-12)]
    [InlineData(new[] { 16L, 18, 16, 14, 12, 12 }, new[] { 16.0, 16, 16, 16, 16, 8 }, 0.62338762774958223, 1e-12)]
    [InlineData(new[] { 640L, 360 }, new[] { 0.7, 0.3 }, 3.467107687269651e-05, 1e-12)]
    [InlineData(new[] { 700L, 300 }, new[] { 7.0, 3 }, 1, 0)]
    public void Chance_PublishedExamples(long[] sizes, double[] planned, double expected, double tolerance) =>
        SampleRatio.Chance(Cohorts(sizes, planned))!.Value.ShouldBe(expected, tolerance);

    [Theory]
    [InlineData(500_000_000, 500_000_000, false)]
    [InlineData(500_040_000, 499_960_000, false)]
    [InlineData(500_060_000, 499_940_000, true)]
    [InlineData(1_000_000_000, 0, true)]
    [InlineData(10, 0, false)]
    [InlineData(11, 0, true)]
    public void IsMismatch_BelowOneInAThousand(long one, long other, bool mismatch) =>
        SampleRatio.IsMismatch([(one, 1), (other, 1)]).ShouldBe(mismatch);

    [Fact]
    public void Chance_NothingToCompare_IsNull()
    {
        SampleRatio.Chance([(10, 1)]).ShouldBeNull();
        SampleRatio.Chance([(0, 1), (0, 1)]).ShouldBeNull();
        SampleRatio.IsMismatch([]).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => SampleRatio.Chance([(-1, 1), (1, 1)]));
        Should.Throw<ArgumentOutOfRangeException>(() => SampleRatio.Chance([(1, 0), (1, 1)]));
    }

    [Fact]
    public void Chance_IsAProbability_OfAnyOrderAndUnit_AndFallsWithSize() =>
        Gen.Select(Gen.Long[0, 5_000], Gen.Double[0.01, 10]).Array[2, 8].Sample(drawn =>
        {
            if (drawn.Sum(one => one.Item1) == 0) return;
            var cohorts = Cohorts([.. drawn.Select(one => one.Item1)], [.. drawn.Select(one => one.Item2)]);
            var chance = SampleRatio.Chance(cohorts)!.Value;
            chance.ShouldBeInRange(0, 1);
            SampleRatio.Chance([.. cohorts.Reverse()])!.Value.ShouldBe(chance, 1e-9);
            SampleRatio.Chance([.. cohorts.Select(one => (one.Item1, one.Item2 * 7))])!.Value.ShouldBe(chance, 1e-9);
            SampleRatio.Chance([.. cohorts.Select(one => (one.Item1 * 10, one.Item2))])!.Value.ShouldBeLessThanOrEqualTo(chance + 1e-12);
        });

    [Fact]
    public void Exposure_IsTheShareThatRanElsewhere()
    {
        new Exposure(900, 6, 1_100, 4).Mismatch.ShouldBe(0.005);
        new Exposure(0, 0, 0, 0).Mismatch.ShouldBeNull();
        new Exposure(1_000_000_000, 1_000_000_000, 0, 0).Mismatch.ShouldBe(1);
    }

    private static (long, double)[] Cohorts(long[] sizes, double[] planned) => [.. sizes.Zip(planned)];
}
