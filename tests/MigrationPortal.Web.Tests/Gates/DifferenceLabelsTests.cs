using CsCheck;
using MigrationPortal.Web.Gates;

namespace MigrationPortal.Web.Tests.Gates;

public sealed class DifferenceLabelsTests
{
    private static readonly string[] Words = ["upper +0.32", "so far +0.22", "lower +0.11"];

    [Theory]
    [InlineData(1.0, new double[] { 40, 80, 120, 160 }, new double[] { 40, 80, 120, 160 })] // far from each other: each at its line
    [InlineData(1.0, new double[] { 40, 80, 120, 122 }, new double[] { 40, 80, 114, 128 })] // the margin is just below the lower limit
    [InlineData(1.0, new double[] { 60, 90, 120, 60 }, new double[] { 53, 90, 120, 67 })] // the margin is at the upper limit
    [InlineData(0.3, new double[] { 40, 80, 120, 122 }, new double[] { 40, 80, 120, 122 })] // the curve ends long before the edge: the margin's word stands alone
    [InlineData(0.7, new double[] { 40, 80, 120, 122 }, new double[] { 40, 80, 114, 128 })] // its words reach the edge of a phone
    public void Of_WordsOfOneColumn_StandApart(double at, double[] wanted, double[] places)
    {
        var placed = DifferenceLabels.Of([.. Words.Zip(wanted)], wanted[3], at, 210, 250);

        placed.Ends.Append(placed.Margin).ToArray().ShouldBe(places, tolerance: 0.001);
    }

    [Fact]
    public void Of_AnyLimits_NeverOverlap() =>
        Gen.Double[0, 210].Array[4].Sample(heights =>
        {
            var placed = DifferenceLabels.Of([.. Words.Zip(heights)], heights[3], 1, 210, 250);
            double[] all = [.. placed.Ends.Append(placed.Margin).Order()];
            all.Zip(all.Skip(1)).ShouldAllBe(pair => pair.Second - pair.First >= 13.999);
        });
}
