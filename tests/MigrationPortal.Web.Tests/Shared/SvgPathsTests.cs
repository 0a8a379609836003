using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Tests.Shared;

public sealed class SvgPathsTests
{
    [Fact]
    public void Line_MissingValue_IsAGap() =>
        SvgPaths.Line([(0, 1), (10, 2), (20, null), (30, 4), (40, 5.25)]).ShouldBe("M0 1L10 2M30 4L40 5.2");

    [Fact]
    public void Line_LonePoint_IsStillSeen() =>
        SvgPaths.Line([(0, null), (10, 2), (20, null)]).ShouldBe("M10 2h3");

    [Fact]
    public void Line_NoValues_IsEmpty() => SvgPaths.Line([(0, null), (10, null)]).ShouldBe("");

    [Fact]
    public void Band_GoesAlongTheUpperAndBackAlongTheLowerEdge() =>
        SvgPaths.Band([(0, 1, 5), (10, 2, 6)]).ShouldBe("M0 1L10 2L10 6L0 5Z");

    [Fact]
    public void Band_MissingLimit_SplitsIt() =>
        SvgPaths.Band([(0, 1, 5), (10, 2, 6), (20, null, null), (30, 1, 5), (40, 1, 5)]).ShouldBe("M0 1L10 2L10 6L0 5ZM30 1L40 1L40 5L30 5Z");

    [Theory]
    [InlineData(new double[] { 0, 5, 10 }, "M1 16L32 9L63 2")]
    [InlineData(new double[] { 0, 0 }, "M1 16L63 16")]
    public void Sparkline_RisesFromZero(double[] values, string path) =>
        Sparkline.PathOf([.. values.Select(value => (double?)value)]).ShouldBe(path);
}
