using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

/// <summary>Reference values of R's <c>prop.test(x, n, correct = FALSE)</c> and Newcombe 1998, table I.</summary>
public class WilsonIntervalTests
{
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    [InlineData(29, 29, 0.8830, 1.0)]
    public void Of_MatchesThePublishedTable(long failed, long finished, double low, double high)
    {
        var interval = WilsonInterval.Of(new Rate(failed, finished))!.Value;
        interval.Low.ShouldBe(low, 0.00005);
        interval.High.ShouldBe(high, 0.00005);
    }

    [Fact]
    public void Of_NothingFinished_IsNull() => WilsonInterval.Of(new Rate(0, 0)).ShouldBeNull();

    [Fact]
    public void Of_AnyRate_HoldsTheRateAndStaysInTheUnitInterval()
    {
        for (long n = 1; n < 400; n += 7)
            for (long x = 0; x <= n; x++)
            {
                var (low, high) = WilsonInterval.Of(new Rate(x, n))!.Value;
                low.ShouldBeInRange(0, (double)x / n);
                high.ShouldBeInRange((double)x / n, 1);
            }
    }

    [Theory]
    [InlineData(2, 1, 0.95)]
    [InlineData(-1, 1, 0.95)]
    [InlineData(0, 1, 1.0)]
    [InlineData(0, 1, double.NaN)]
    public void Of_Nonsense_Throws(long failed, long finished, double confidence) =>
        Should.Throw<ArgumentOutOfRangeException>(() => WilsonInterval.Of(new Rate(failed, finished), confidence));
}
