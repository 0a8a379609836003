using CsCheck;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

public sealed class NewcombeIntervalTests
{
    // Newcombe 1998, Stat Med 17:873, Table II, method 10, contrasts (a) to (h).
    [Theory]
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1.0)]
    [InlineData(10, 10, 0, 10, 0.6075, 1.0)]
    public void Of_PublishedContrasts(long one, long ofOne, long other, long ofOther, double low, double high)
    {
        var limits = NewcombeInterval.Of(new Rate(one, ofOne), new Rate(other, ofOther))!.Value;

        limits.Low.ShouldBe(low, 0.00006);
        limits.High.ShouldBe(high, 0.00006);
    }

    [Theory]
    [InlineData(0, 0, 1, 9)]
    [InlineData(1, 9, 0, 0)]
    public void Of_NothingFinished_IsNoInterval(long one, long ofOne, long other, long ofOther) =>
        NewcombeInterval.Of(new Rate(one, ofOne), new Rate(other, ofOther)).ShouldBeNull();

    private static readonly Gen<Rate> Rates =
        from finished in Gen.Long[1, 5000]
        from failed in Gen.Long[0, finished]
        select new Rate(failed, finished);

    [Fact]
    public void Of_HoldsTheDifference_StaysWithinOne_AndMirrors() => Gen.Select(Rates, Rates, Gen.Double[0.5, 0.999]).Sample((one, other, confidence) =>
    {
        var (low, high) = NewcombeInterval.Of(one, other, confidence)!.Value;
        var (mirrorLow, mirrorHigh) = NewcombeInterval.Of(other, one, confidence)!.Value;
        var difference = one.Value!.Value - other.Value!.Value;
        return low >= -1 && high <= 1 && low <= difference + 1e-12 && high >= difference - 1e-12
            && Math.Abs(low + mirrorHigh) < 1e-9 && Math.Abs(high + mirrorLow) < 1e-9;
    });

    [Fact]
    public void Of_MoreConfidence_IsNeverNarrower() => Gen.Select(Rates, Rates).Sample((one, other) =>
    {
        var (low, high) = NewcombeInterval.Of(one, other, 0.95)!.Value;
        var (lower, higher) = NewcombeInterval.Of(one, other, 0.99)!.Value;
        return lower <= low && higher >= high;
    });
}
