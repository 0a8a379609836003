using CsCheck;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Tests.Insights;

public class TwinTests
{
    [Theory]
    // statsmodels, stats/tests/test_nonparametric.py, test_mcnemar_exact: tables with these pairs off the diagonal.
    [InlineData(121, 59, 4.434449263755e-06)]
    [InlineData(70, 59, 0.378688)]
    [InlineData(80, 59, 0.089452)]
    [InlineData(30, 60, 0.002060)]
    [InlineData(10, 30, 0.002221)]
    [InlineData(10, 10, 1)]
    // Fagerland, Lydersen and Laake 2017, chapter 8: Cavo et al. 2012 and Bentur et al. 2009.
    [InlineData(6, 16, 0.052479)]
    [InlineData(1, 7, 0.0703125)]
    // Presidential approval, Agresti 1990, p. 350 (R, mcnemar.test), exact by rational sums.
    [InlineData(86, 150, 3.7159361395714e-05)]
    [InlineData(0, 0, 1)]
    public void McNemar_PublishedTables(long one, long other, double expected)
    {
        McNemarTest.TwoSided(new Twins(1_000, one, other)).ShouldBe(expected, 6e-7);
        McNemarTest.TwoSided(new Twins(1_000, other, one)).ShouldBe(expected, 6e-7);
    }

    [Fact]
    public void McNemar_Worse_IsOneSided()
    {
        McNemarTest.Worse(new Twins(100, 7, 1)).ShouldBe(9.0 / 256, 1e-12);
        McNemarTest.Worse(new Twins(100, 1, 7)).ShouldBe(255.0 / 256, 1e-12);
        McNemarTest.Worse(new Twins(100, 0, 0)).ShouldBe(1);
    }

    [Theory]
    // Fagerland, Lydersen and Laake 2017, chapter 8 (R contingencytables, tests of chapter 8): Cavo et al. 2012, Bentur et al. 2009.
    [InlineData(161, 6, 16, 0.95, -0.1240, -0.0054, 6e-5)]
    [InlineData(21, 1, 7, 0.95, -0.517, -0.026, 6e-4)]
    // R PropCIs, scoreci.mp(25, 28, 618, 0.90), whose difference is the other way round.
    [InlineData(618, 28, 25, 0.90, -0.0148, 0.0247, 6e-5)]
    // By a second implementation in Python with 50 digits.
    [InlineData(160, 40, 20, 0.95, 0.030864533133, 0.218064244167, 1e-10)]
    [InlineData(25, 0, 5, 0.95, -0.391309503695, -0.040169298873, 1e-10)]
    [InlineData(50, 50, 0, 0.95, 0.857304801733, 1, 1e-10)]
    [InlineData(400, 3, 13, 0.95, -0.048276875142, -0.006166553673, 1e-10)]
    [InlineData(1_000_000_000, 1, 12, 0.95, -2.008628575644e-8, -4.790925677280e-9, 1e-14)]
    [InlineData(1_000_000_000, 400_000, 100_000, 0.95, 2.98615367940901e-4, 3.01386933880479e-4, 1e-12)]
    public void Tango_PublishedTables(long pairs, long kubernetes, long docker, double confidence, double low, double high, double tolerance)
    {
        var limits = TangoInterval.Of(new Twins(pairs, kubernetes, docker), confidence)!.Value;

        limits.Low.ShouldBe(low, tolerance);
        limits.High.ShouldBe(high, tolerance);
    }

    /// <summary>Closed form where no pair differs: ±z²/(n + z²).</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(1_000_000_000)]
    public void Tango_NoPairDiffers_StillHasAWidth(long pairs)
    {
        var (low, high) = TangoInterval.Of(new Twins(pairs, 0, 0))!.Value;

        high.ShouldBe(3.841458820694124 / (pairs + 3.841458820694124), 1e-12);
        low.ShouldBe(-high);
    }

    private static readonly Gen<Twins> AnyTwins =
        from pairs in Gen.Long[1, 100_000]
        from kubernetes in Gen.Long[0, pairs]
        from docker in Gen.Long[0, pairs - kubernetes]
        select new Twins(pairs, kubernetes, docker);

    [Fact]
    public void Tango_HoldsTheDifference_StaysWithinOne_Mirrors_AndWidensWithConfidence() => Gen.Select(AnyTwins, Gen.Double[0.5, 0.999]).Sample((twins, confidence) =>
    {
        var (low, high) = TangoInterval.Of(twins, confidence)!.Value;
        var mirrored = TangoInterval.Of(new Twins(twins.Pairs, twins.OnlyDocker, twins.OnlyKubernetes), confidence)!.Value;
        var wider = TangoInterval.Of(twins, confidence + 0.0005)!.Value;
        return low >= -1 && high <= 1 && low <= twins.Difference && high >= twins.Difference && mirrored == (-high, -low) && wider.Low <= low && wider.High >= high;
    });

    /// <summary>At a difference of zero the score is McNemar's (b − c)/√(b + c).</summary>
    [Fact]
    public void Tango_LeavesZeroOut_WhenMcNemarsScoreDoes() => AnyTwins.Sample(twins =>
    {
        if (twins.OnlyKubernetes + twins.OnlyDocker == 0) return;
        var score = (twins.OnlyKubernetes - twins.OnlyDocker) / Math.Sqrt(twins.OnlyKubernetes + twins.OnlyDocker);
        if (Math.Abs(Math.Abs(score) - 1.959964) < 1e-4) return;
        var (low, high) = TangoInterval.Of(twins)!.Value;
        (low > 0 || high < 0).ShouldBe(Math.Abs(score) > 1.959964);
    });

    [Fact]
    public void McNemar_IsAProbability_AndFallsWithHarm() => Gen.Select(Gen.Long[0, 5_000], Gen.Long[0, 5_000]).Sample((kubernetes, docker) =>
    {
        var chance = McNemarTest.Worse(new Twins(20_000, kubernetes, docker));
        chance.ShouldBeInRange(0, 1);
        McNemarTest.Worse(new Twins(20_000, kubernetes + 1, docker)).ShouldBeLessThanOrEqualTo(chance + 1e-12);
        McNemarTest.TwoSided(new Twins(20_000, kubernetes, docker)).ShouldBeInRange(0, 1);
    });

    /// <summary>Beyond what rational sums can reach: sums of terms from the gamma function's logarithm.</summary>
    [Theory]
    [InlineData(50_500, 49_500, 0.0007911799394835)]
    [InlineData(5_000_500, 4_999_500, 0.3760348283162777)]
    [InlineData(500_050_000, 499_950_000, 0.000782786)]
    public void McNemar_LargeCounts(long kubernetes, long docker, double expected) =>
        McNemarTest.Worse(new Twins(1_000_000_000, kubernetes, docker)).ShouldBe(expected, expected * 1e-5);

    [Theory]
    [InlineData(-1, 0, 0)]
    [InlineData(5, 3, 3)]
    [InlineData(5, -1, 3)]
    [InlineData(long.MaxValue, long.MaxValue, long.MaxValue)]
    public void Nonsense_Throws(long pairs, long kubernetes, long docker)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => TangoInterval.Of(new Twins(pairs, kubernetes, docker)));
        Should.Throw<ArgumentOutOfRangeException>(() => McNemarTest.TwoSided(new Twins(pairs, kubernetes, docker)));
    }

    [Fact]
    public void NoPairs_AreNoInterval() => TangoInterval.Of(default).ShouldBeNull();
}
