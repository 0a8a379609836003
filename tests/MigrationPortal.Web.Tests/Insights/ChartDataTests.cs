using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Insights;

namespace MigrationPortal.Web.Tests.Insights;

public sealed class ChartDataTests
{
    private static readonly DateTimeOffset Day = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(Bucket.Day, "phase 0 to K 50|phase 2")]
    [InlineData(Bucket.Hour, "phase 0 to phase 1|K 50|phase 2")]
    public void Markers_SeveralInOneBucket_BecomeOne(Bucket bucket, string words)
    {
        PhaseReached[] history = [Reached(Phase.Prepare, 9.1), Reached(Phase.OptIn, 9.5), Reached(Phase.UntaggedTakeover, 20, 50, 100), Reached(Phase.UntaggedTakeover, 30, 100, 0), Reached(Phase.DockerFallback, 60)];
        var state = new PhaseState(new InstanceId("production"), history[^1], history, true, null, 0);

        var markers = ChartData.Markers(state, new TimeWindow(Day, Day.AddDays(2)), bucket);

        string.Join('|', markers.Select(marker => marker.Label)).ShouldBe(words);
        markers[0].At.ShouldBe(history[0].At);
    }

    private static PhaseReached Reached(Phase phase, double hours, int? kubernetes = null, int? legacy = null) =>
        new(phase, kubernetes, legacy, false, Day.AddHours(hours), null, TargetWords.Marker(new PlanTarget.ToPhase(phase, kubernetes, legacy)));
}
