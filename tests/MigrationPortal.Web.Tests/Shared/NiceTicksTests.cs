using CsCheck;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Tests.Shared;

public sealed class NiceTicksTests
{
    [Theory]
    [InlineData(0, 0.0058, new[] { 0, 0.002, 0.004, 0.006 })]
    [InlineData(0, 0.006, new[] { 0, 0.002, 0.004, 0.006 })]
    [InlineData(0, 0.008, new[] { 0, 0.002, 0.004, 0.006, 0.008 })]
    [InlineData(0, 19, new double[] { 0, 5, 10, 15, 20 })]
    [InlineData(-0.004, 0.005, new[] { -0.005, -0.0025, 0, 0.0025, 0.005 })]
    [InlineData(3, 7, new double[] { 0, 2, 4, 6, 8 })]
    [InlineData(0, 0, new[] { 0, 0.25, 0.5, 0.75, 1 })]
    public void For_Range_GivesRoundEnclosingLines(double low, double high, double[] lines) =>
        NiceTicks.For(low, high).Values.ShouldBe(lines, tolerance: 1e-12);

    [Fact]
    public void For_AnyRange_HasTwoToFiveLinesThatEncloseIt() =>
        Gen.Select(Gen.Int[-1_000_000, 1_000_000], Gen.Int[0, 1_000_000]).Select((low, length) => (Low: low / 1e4, Length: length / 1e4)).Sample((low, length) =>
        {
            var ticks = NiceTicks.For(low, low + length);
            ticks.Values.Count.ShouldBeInRange(2, 5);
            ticks.Bottom.ShouldBeLessThanOrEqualTo(Math.Min(0, low) + (ticks.Step * 1e-6));
            ticks.Top.ShouldBeGreaterThanOrEqualTo(Math.Max(0, low + length) - (ticks.Step * 1e-6));
        });

    [Theory]
    [InlineData(0.0058, 0.006, ChartUnit.Percent, "0.6\u00a0%")]
    [InlineData(0.0058, 0.004, ChartUnit.Percent, "0.4")]
    [InlineData(0.0058, 0, ChartUnit.Percent, "0")]
    [InlineData(0.9, 1, ChartUnit.Percent, "100\u00a0%")]
    [InlineData(0.01, 0.0025, ChartUnit.Percent, "0.25")]
    [InlineData(40000, 20000, ChartUnit.Count, "20,000")]
    [InlineData(55, 60, ChartUnit.Seconds, "60\u00a0s")]
    [InlineData(0.004, 0.001, ChartUnit.Points, "+0.1")]
    public void Label_Line_HasItsDecimalsAndTheUnitOnlyOnTop(double high, double line, ChartUnit unit, string label)
    {
        var ticks = NiceTicks.For(0, high);
        ticks.Label(ticks.Values.OrderBy(value => Math.Abs(value - line)).First(), unit).ShouldBe(label);
    }
}
