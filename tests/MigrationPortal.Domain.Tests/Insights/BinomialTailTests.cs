using CsCheck;
using MathNet.Numerics.Distributions;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

/// <summary>Reference values by exact rational sums of the terms.</summary>
public class BinomialTailTests
{
    [Theory]
    [InlineData(0, 10, 0.3, 1)]
    [InlineData(1, 10, 0.3, 0.9717524751)]
    [InlineData(10, 10, 0.3, 5.9049e-6)]
    [InlineData(5, 5, 0.005, 3.125e-12)]
    [InlineData(1, 1, 0, 0)]
    [InlineData(3, 7, 1, 1)]
    public void AtLeast_KnownValues(long failed, long finished, double probability, double expected) =>
        BinomialTail.AtLeast(failed, finished, probability).ShouldBe(expected, expected * 1e-9);

    [Fact]
    public void AtLeast_IsOneLessTheLibrarysDistribution_AndFallsWithFailures() =>
        Gen.Select(Gen.Long[1, 2000], Gen.Double[0.001, 0.6]).Sample((finished, probability) =>
        {
            var before = 1.0;
            for (long failed = 1; failed <= finished; failed += 1 + (finished / 40))
            {
                var tail = BinomialTail.AtLeast(failed, finished, probability);
                tail.ShouldBe(1 - Binomial.CDF(probability, (int)finished, failed - 1), 1e-9);
                tail.ShouldBeLessThanOrEqualTo(before);
                before = tail;
            }
        }, iter: 200);

    [Theory]
    [InlineData(212, 431, 0.013)]
    [InlineData(30_000, 50_000, 0.01)]
    [InlineData(600, 50_000, 0.01)]
    public void AtLeast_FarTails_StayNumbers(long failed, long finished, double probability) =>
        BinomialTail.AtLeast(failed, finished, probability).ShouldBeInRange(0, 1e-3);

    [Theory]
    [InlineData(-1, 3, 0.1)]
    [InlineData(4, 3, 0.1)]
    [InlineData(1, 3, 1.1)]
    [InlineData(1, 3, double.NaN)]
    public void AtLeast_Nonsense_Throws(long failed, long finished, double probability) =>
        Should.Throw<ArgumentOutOfRangeException>(() => BinomialTail.AtLeast(failed, finished, probability));
}

public class WorstFirstTests
{
    [Fact]
    public void Of_SmallSamples_DoNotWin()
    {
        var ranked = WorstFirst.Of([new("one of one", new Rate(1, 1)), new("many", new Rate(300, 1_000)), new("none", new Rate(0, 50)), new("few", new Rate(3, 1_000)), new("never ran", new Rate(0, 0))]);

        ranked.Select(one => one.Value).ShouldBe(["many", "few", "none", "one of one", "never ran"]);
    }

    [Fact]
    public void Of_AnyOrder_GivesTheSameRanking() =>
        Gen.Select(Gen.Long[0, 9], Gen.Long[0, 90]).Array[0, 12].Sample(rates =>
        {
            var totals = rates.Select((rate, index) => new RateTotal($"{index}", new Rate(Math.Min(rate.Item1, rate.Item2), rate.Item2))).ToArray();
            return WorstFirst.Of(totals).SequenceEqual(WorstFirst.Of(totals.Reverse()));
        });
}
