using CsCheck;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Tests.Insights;

public class ConfidenceSequenceTests
{
    /// <summary>statistics.md A.7, more digits by a second implementation in Python.</summary>
    [Theory]
    [InlineData(0.25, 3.2774138679507967)]
    [InlineData(1, 3.0413565120492674)]
    [InlineData(4, 3.129982522350533)]
    public void EffectiveZ_AsStated(double times, double z)
    {
        ConfidenceSequence.EffectiveZ(times * 16_800, 16_800).ShouldBe(z, 1e-12);
        ConfidenceSequence.EffectiveZ(times * 5e8, 5e8).ShouldBe(z, 1e-12);
    }

    /// <summary>GrowthBook, packages/stats/tests/frequentist/test_tests.py, sequential one-sided (treatment greater), absolute: 3,000 and 3,461 units, tuned for 5,000, alpha 0.05.</summary>
    [Fact]
    public void Lower_GrowthBooksExample() =>
        ConfidenceSequence.Lower(0.23437666666666668, 0.12983081254184736, 6_461, 5, 5_000, 0.05)!.Value.ShouldBe(-0.12656844172804982, 1e-14);

    [Theory]
    [InlineData(4, 100, 0.01)]
    [InlineData(5, 100, 0)]
    [InlineData(5, 100, double.NaN)]
    [InlineData(5, 0, 0.01)]
    public void Lower_NothingToMeasureBy_IsNull(long failures, long jobs, double standardError) =>
        ConfidenceSequence.Lower(0.1, standardError, jobs, failures, 1_000).ShouldBeNull();

    [Theory]
    [InlineData(0, 1, 0.025)]
    [InlineData(1, 0, 0.025)]
    [InlineData(1, 1, 0.5)]
    [InlineData(1, 1, 0)]
    [InlineData(double.NaN, 1, 0.025)]
    public void EffectiveZ_Nonsense_Throws(double jobs, double tunedFor, double alpha) =>
        Should.Throw<ArgumentOutOfRangeException>(() => ConfidenceSequence.EffectiveZ(jobs, tunedFor, alpha));

    [Fact]
    public void Lower_IsBelowAnySingleLook_AboveMinusOne_AndRisesWithTheEstimate() =>
        Gen.Select(Gen.Double[-1, 1], Gen.Double[1e-6, 0.3], Gen.Long[1, 1_000_000_000], Gen.Double[1, 1e9], Gen.Double[0.0001, 0.4]).Sample((estimate, error, jobs, tunedFor, alpha) =>
        {
            var lower = ConfidenceSequence.Lower(estimate, error, jobs, 5, tunedFor, alpha)!.Value;
            lower.ShouldBeGreaterThanOrEqualTo(-1);
            lower.ShouldBeLessThanOrEqualTo(Math.Max(-1, estimate + error * MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, alpha)));
            ConfidenceSequence.Lower(estimate + 0.01, error, jobs, 5, tunedFor, alpha)!.Value.ShouldBeGreaterThanOrEqualTo(lower);
            ConfidenceSequence.Lower(estimate, error * 1.1, jobs, 5, tunedFor, alpha)!.Value.ShouldBeLessThanOrEqualTo(lower);
        });

    /// <summary>statistics.md B.3: 600 jobs a side and day for 28 days, docker fails in 0.25 %, tuned for 14 days, one look a day.</summary>
    [Fact]
    public void Lower_DailyPeeking_ErrsLessThanAlpha_AndFindsHarmTheSoonerTheWorseItIs()
    {
        var (equal, twice, thrice, fivefold) = (Fires(0.0025), Fires(0.005), Fires(0.0075), Fires(0.0125));

        equal.Sequence.Share.ShouldBeLessThanOrEqualTo(0.025);
        equal.Naive.Share.ShouldBeInRange(0.07, 0.16);
        twice.Sequence.Share.ShouldBeInRange(0.72, 0.92);
        twice.Sequence.MedianDay.ShouldBeInRange(12, 18);
        thrice.Sequence.Share.ShouldBeGreaterThan(0.99);
        thrice.Sequence.MedianDay.ShouldBeInRange(5, 9);
        fivefold.Sequence.MedianDay.ShouldBeInRange(2, 4);
        foreach (var (sequence, naive) in (((double, int MedianDay), (double, int MedianDay))[])[twice, thrice, fivefold])
            naive.MedianDay.ShouldBeLessThan(sequence.MedianDay);
    }

    private static ((double Share, int MedianDay) Sequence, (double Share, int MedianDay) Naive) Fires(double rate)
    {
        const int Runs = 500, Days = 28, Jobs = 600;
        var random = new Random(20261128);
        List<int> sequence = [], naive = [];
        for (var run = 0; run < Runs; run++)
        {
            long kubernetes = 0, docker = 0;
            var (bySequence, byNaive) = (0, 0);
            for (var day = 1; day <= Days; day++)
            {
                kubernetes += Failures(random, Jobs, rate);
                docker += Failures(random, Jobs, 0.0025);
                double n = (double)day * Jobs, p = kubernetes / n, q = docker / n;
                var error = Math.Sqrt((p * (1 - p) + q * (1 - q)) / n);
                if (byNaive == 0 && p - q > 1.96 * error) byNaive = day;
                if (bySequence == 0 && ConfidenceSequence.Lower(p - q, error, 2L * day * Jobs, kubernetes + docker, 14 * 2 * Jobs) > 0) bySequence = day;
            }

            if (bySequence > 0) sequence.Add(bySequence);
            if (byNaive > 0) naive.Add(byNaive);
        }

        return (Told(sequence), Told(naive));
        (double, int) Told(List<int> days) => ((double)days.Count / Runs, days.Count == 0 ? 0 : days.Order().ElementAt(days.Count / 2));
    }

    private static int Failures(Random random, int jobs, double rate)
    {
        var left = random.NextDouble();
        var (failures, chance) = (0, Math.Pow(1 - rate, jobs));
        for (; left >= chance && failures < jobs; failures++)
        {
            left -= chance;
            chance *= (jobs - failures) * rate / ((failures + 1) * (1 - rate));
        }

        return failures;
    }
}
