using CsCheck;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Tests.Shared;

public sealed class LabelPlacingTests
{
    [Theory]
    [InlineData(new double[] { 20, 60 }, new double[] { 20, 60 })] // apart already: untouched
    [InlineData(new double[] { 100, 104 }, new double[] { 95, 109 })] // pushed evenly
    [InlineData(new double[] { 104, 100 }, new double[] { 109, 95 })] // the order of the lines is kept
    [InlineData(new double[] { 199, 200 }, new double[] { 186, 200 })] // not below the chart
    [InlineData(new double[] { 50, 50, 50 }, new double[] { 36, 50, 64 })]
    public void Spread_Labels_StandApartNearTheirLines(double[] wanted, double[] places) =>
        LabelPlacing.Spread(wanted, 14, 0, 200).ShouldBe(places, tolerance: 0.001);

    [Fact]
    public void Spread_AnyLabels_NeverOverlapAndStayInside() =>
        Gen.Double[0, 200].List[1, 8].Sample(wanted =>
        {
            var places = LabelPlacing.Spread(wanted, 14, 0, 200).Order().ToArray();
            places[0].ShouldBeGreaterThanOrEqualTo(-0.001);
            places[^1].ShouldBeLessThanOrEqualTo(200.001);
            foreach (var (above, below) in places.Zip(places.Skip(1)))
                (below - above).ShouldBeGreaterThanOrEqualTo(13.999);
        });

    [Fact]
    public void Rows_WordsThatWouldTouch_GoToTheSecondRowOrAreLeftOut() =>
        LabelPlacing.Rows([(0.10, "phase 2"), (0.12, "K 50"), (0.13, "K 100"), (0.9, "L 50")], width: 440).ShouldBe([0, 1, null, 0]);
}
