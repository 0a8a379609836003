using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Tests.Plans;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public class WatchDriftTests
{
    [Fact]
    public async Task Runner_ThatDriftsInTwoReadings_IsToldOnce_AndAgainWhenItDriftsAnew()
    {
        var portal = await ReachedAsync();
        var first = Turned(portal, 1, minute: 1);
        await portal.Drift.RunAsync(first, default);
        portal.Notices.Told.ShouldBeEmpty("one reading may fall between two changes");
        for (var minute = 2; minute < 5; minute++) await portal.Drift.RunAsync(first with { TakenAt = Make.Now.AddMinutes(minute) }, default);

        var told = portal.Notices.Told.ShouldHaveSingleItem();
        (told.Kind, told.Severity).ShouldBe((NoticeKind.Drift, NoticeSeverity.Attention));
        told.Sentence.ShouldContain("legacy-1");
        told.Numbers[0].Value.ShouldBe($"1 of {first.Runners.Count(runner => runner.Standing.Managed)} managed");

        await portal.Drift.RunAsync((await portal.Fleet.LatestAsync(Make.Production, default))! with { TakenAt = Make.Now.AddMinutes(6) }, default);
        foreach (var minute in (int[])[7, 8]) await portal.Drift.RunAsync(first with { TakenAt = Make.Now.AddMinutes(minute) }, default);
        portal.Notices.Told.Count.ShouldBe(2);
    }

    [Fact]
    public async Task NotReached_OrUnderWay_IsNoDrift()
    {
        var portal = new Portal(ApplyPlanTests.Context());
        foreach (var minute in (int[])[1, 2, 3]) await portal.Drift.RunAsync(Turned(portal, 1, minute), default);
        portal.Notices.Told.ShouldBeEmpty();

        portal = await ReachedAsync();
        (await portal.StartAsync(new PlanTarget.Evacuate())).ShouldNotBeNull();
        foreach (var minute in (int[])[1, 2, 3]) await portal.Drift.RunAsync(Turned(portal, 1, minute), default);
        portal.Notices.Told.ShouldNotContain(notice => notice.Kind == NoticeKind.Drift);
    }

    [Fact]
    public async Task FalseAlarm_GoneAtTheSecondReading_IsNotTold()
    {
        var portal = await ReachedAsync();
        await portal.Drift.RunAsync(Turned(portal, 1, minute: 1), default);
        await portal.Drift.RunAsync((await portal.Fleet.LatestAsync(Make.Production, default))! with { TakenAt = Make.Now.AddMinutes(2) }, default);
        await portal.Drift.RunAsync(Turned(portal, 1, minute: 3), default);

        portal.Notices.Told.ShouldBeEmpty();
    }

    private static async Task<Portal> ReachedAsync()
    {
        var portal = new Portal(ApplyPlanTests.Context());
        await portal.FinishAsync((await portal.StartAsync(Make.Target(Phase.UntaggedTakeover)))!.Id);
        portal.Notices.Told.Clear();
        return portal;
    }

    // As if somebody switched untagged jobs the other way by hand.
    private static FleetSnapshot Turned(Portal portal, long number, int minute)
    {
        var fleet = portal.Fleet.LatestAsync(Make.Production, default).Result!;
        return fleet with
        {
            TakenAt = Make.Now.AddMinutes(minute),
            Runners = [.. fleet.Runners.Select(runner => runner.Id != Make.Id(number) ? runner : runner with { Observed = runner.Observed with { Attributes = runner.Attributes with { RunUntagged = !runner.Attributes.RunUntagged } } })],
        };
    }
}
