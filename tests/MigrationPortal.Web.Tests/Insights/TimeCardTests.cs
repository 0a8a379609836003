using Bunit;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Tests.Shared;

namespace MigrationPortal.Web.Tests.Insights;

public sealed class TimeCardTests : IAsyncDisposable
{
    private static readonly InsightRange Range = InsightRange.Of("24h", "24h");

    private static readonly TimeWindow Window = Range.Window(KitContext.Now);

    private readonly KitContext kit = new();

    [Theory]
    [InlineData(60.0, 20.0, "Longer on Kubernetes")]
    [InlineData(20.0, 60.0, "Longer on docker")]
    [InlineData(20.0, 21.0, "No clear difference")]
    [InlineData(20.0, null, "docker ran no jobs")]
    [InlineData(null, 20.0, "Kubernetes ran no jobs")]
    [InlineData(null, null, "No jobs")]
    public void Sentence_TellsADifferenceOnlyBeyondTheHistogramsError(double? kubernetes, double? docker, string finding)
    {
        var card = Render([], [Day("kubernetes", kubernetes), Day("docker", docker)]);

        card.Markup.ShouldContain(finding);
        if (kubernetes is { } seconds) card.Markup.ShouldContain($"half of 1,200\u00a0jobs within {Words(seconds)}");
    }

    [Fact]
    public void Sentence_OnAHandfulOfJobs_ComparesNothing() =>
        Render([], [Day("kubernetes", 600) with { Jobs = 7 }, Day("docker", 20)]).Markup.ShouldContain("Too few jobs to compare");

    [Theory]
    [InlineData(4, 7, 683, 3_215, "Too few jobs to compare")]
    [InlineData(40, 70, 683, 3_215, "Kubernetes fails more often")]
    [InlineData(0, 0, 2, 2, "Kubernetes ran no jobs")]
    [InlineData(0, 0, 0, 0, "No job finished")]
    public void Compare_SaysNoMoreThanItsJobsDo(long failed, long finished, long dockerFailed, long dockerFinished, string finding) =>
        RateCard.Compare(new Rate(failed, finished), new Rate(dockerFailed, dockerFinished)).ShouldBe(finding);

    [Fact]
    public void Chart_LeavesOutHoursWithFewJobs_AndItsBandEndsAtThe95thPercentile()
    {
        var at = new DateTimeOffset(KitContext.Now.UtcDateTime.Date.AddHours(9), TimeSpan.Zero);

        var line = ChartData.Times([new TimePoint(at, "docker", 20, 30, 600), new TimePoint(at.AddHours(1), "docker", 19, 31, 700)], Window, Range.Bucket, ["docker", "kubernetes"]).Single();

        line.Points.Single(point => point.At == at).ShouldBe(new(at, 30, 30, 600));
        line.Points.Single(point => point.At == at.AddHours(1)).Value.ShouldBeNull();
    }

    public ValueTask DisposeAsync() => kit.DisposeAsync();

    private static string Words(double seconds) => MigrationPortal.Web.Shared.Words.Duration(seconds);

    private static TimePoint Day(string executor, double? median) => new(Window.From, executor, 1200, median, median * 8);

    private IRenderedComponent<TimeCard> Render(IReadOnlyList<TimePoint> points, IReadOnlyList<TimePoint> lastDay) => kit.Render<TimeCard>(of => of
        .Add(card => card.Title, "Queue time").Add(card => card.Range, Range).Add(card => card.Window, Window)
        .Add(card => card.Points, points).Add(card => card.LastDay, lastDay));
}
