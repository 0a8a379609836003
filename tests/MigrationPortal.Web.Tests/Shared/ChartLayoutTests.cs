using CsCheck;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Tests.Shared;

public sealed class ChartLayoutTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Band_NoValueAnywhere_IsNoChart()
    {
        BandChartLayout.Of([], [], [], ChartUnit.Percent).ShouldBeNull();
        BandChartLayout.Of([Series("docker", null, null)], [], [], ChartUnit.Percent).ShouldBeNull();
    }

    [Fact]
    public void Band_OneNoisyBucket_DoesNotFlattenTheLines()
    {
        var points = Enumerable.Range(0, 40).Select(day => new ChartPoint(Day.AddDays(day), 0.003, 0.002, day == 7 ? 0.8 : 0.005)).ToArray();

        BandChartLayout.Of([new("docker", points)], [], [], ChartUnit.Percent)!.Axes.Ticks.Top.ShouldBeLessThan(0.01);
    }

    [Fact]
    public void Band_ALineIsNeverCutOff() =>
        BandChartLayout.Of([Series("kubernetes", 0.001, 0.9, 0.001)], [], [], ChartUnit.Percent)!.Axes.Ticks.Top.ShouldBeGreaterThanOrEqualTo(0.9);

    [Fact]
    public void Band_LimitAboveAllValues_IsInside() =>
        BandChartLayout.Of([Series("kubernetes", 0.001, 0.002)], [], [new(0.01, "margin")], ChartUnit.Percent)!.Axes.Ticks.Top.ShouldBeGreaterThanOrEqualTo(0.01);

    [Fact]
    public void Band_TwoLinesEndTogether_LabelsStandApart()
    {
        var layout = BandChartLayout.Of([Series("docker", 0.31, 0.310), Series("kubernetes", 0.28, 0.309)], [], [], ChartUnit.Percent)!;

        Math.Abs(layout.Lines[0].LabelY - layout.Lines[1].LabelY).ShouldBeGreaterThanOrEqualTo(13.99);
    }

    [Fact]
    public void Band_SeriesThatStoppedEarly_IsLabelledWithItsLastValue() =>
        BandChartLayout.Of([Series("docker", 0.5, 0.2, null), Series("kubernetes", 0.1, 0.1, 0.1)], [], [], ChartUnit.Percent)!.Lines[0].Last.ShouldBe(0.2);

    [Fact]
    public void Band_MarkersOutsideTheRange_AreLeftOut() =>
        BandChartLayout.Of([Series("docker", 0.1, 0.1)], [new(Day.AddDays(-3), "phase 1"), new(Day, "phase 2")], [], ChartUnit.Percent)!
            .Axes.Markers.Select(marker => marker.Word).ShouldBe(["phase 2"]);

    [Fact]
    public void Band_MarkerInTheLastBucket_StandsAtItsPoint() =>
        BandChartLayout.Of([Series("docker", 0.1, 0.1)], [new(Day.AddDays(1).AddHours(10), "L 0")], [], ChartUnit.Percent)!
            .Axes.Markers.ShouldHaveSingleItem().At.ShouldBe(1);

    [Fact]
    public void Share_Edges_AreCumulative()
    {
        var layout = ShareChartLayout.Of([new(Day, 25, 75, 0), new(Day.AddDays(1), 50, 25, 25)], [], height: 100)!;

        layout.KubernetesEdge.ShouldBe("M0 75L1000 50");
        layout.DockerEdge.ShouldBe("M0 0L1000 25");
        layout.Kubernetes.ShouldBe("M0 75L1000 50L1000 100L0 100Z");
        layout.Ends.Select(end => (end.Executor, end.Share)).ShouldBe([("kubernetes", 0.5), ("docker", 0.25), ("other", 0.25)]);
    }

    [Fact]
    public void Share_BucketWithoutJobs_IsAGapNotAZero()
    {
        var layout = ShareChartLayout.Of([new(Day, 1, 1, 0), new(Day.AddDays(1), 0, 0, 0), new(Day.AddDays(2), 1, 1, 0)], [], height: 100)!;

        layout.KubernetesEdge.ShouldBe("M0 50h3M1000 50h3");
    }

    [Fact]
    public void Share_NoJobsAtAll_IsNoChart() => ShareChartLayout.Of([new(Day, 0, 0, 0)], []).ShouldBeNull();

    [Fact]
    public void Flow_FewAmongMany_IsAtLeastFourPixelsAndNothingIsNothing()
    {
        var layout = FlowLayout.Of([new(FlowKind.Kubernetes, "moves", 100_000, 9), new(FlowKind.PredictedToFail, "fails", 3, 1), new(FlowKind.NoRunner, "no runner", 0, 0)]);

        layout.Streams.Select(stream => stream.Thickness).ShouldBe([118.996, 4, 0], tolerance: 0.01);
        layout.SourceHeight.ShouldBe(layout.Streams.Sum(stream => stream.Thickness));
    }

    [Fact]
    public void Flow_AnyTargets_RowsNeverOverlap() =>
        Gen.Double[0, 20_000].Array[4].Sample(jobs =>
        {
            var layout = FlowLayout.Of([.. jobs.Select(each => new FlowTarget(FlowKind.Docker, "stays", each, 1, each > 9000 ? "detail" : null))]);
            foreach (var (above, below) in layout.Streams.Zip(layout.Streams.Skip(1)))
                below.RowTop.ShouldBeGreaterThan(above.RowTop + above.RowHeight);
            layout.Streams.ShouldAllBe(stream => stream.Right >= stream.RowTop - 0.001 && stream.Right + stream.Thickness <= layout.Height);
        });

    private static ChartSeries Series(string executor, params double?[] values) =>
        new(executor, [.. values.Select((value, day) => new ChartPoint(Day.AddDays(day), value))]);
}
