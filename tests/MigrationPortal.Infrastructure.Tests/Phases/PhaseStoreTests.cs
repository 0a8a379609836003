using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Phases;

public sealed class PhaseStoreTests(PostgresFixture postgres)
{
    [Fact]
    public async Task SaveSettings_StaleVersion_IsRefused()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var migration = store.Get<IMigrationStore>();
        var first = await migration.SettingsAsync(StoreFixture.Production, default);
        first.Version.ShouldBe(0);

        (await migration.SaveSettingsAsync(first with { FallbackTag = "docker-fallback", Decisions = new Dictionary<string, TagDecision> { ["linux"] = TagDecision.Adopt } }, default)).ShouldBeTrue();
        (await migration.SaveSettingsAsync(first with { FallbackTag = "other" }, default)).ShouldBeFalse();
        var second = await migration.SettingsAsync(StoreFixture.Production, default);
        (second.FallbackTag, second.Version, second.Decisions["linux"]).ShouldBe(("docker-fallback", 1, TagDecision.Adopt));
        (await migration.SaveSettingsAsync(second with { KeepOptInTag = true }, default)).ShouldBeTrue();
        (await migration.SaveSettingsAsync(second, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task State_ReadBack_KeepsItsHistory()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var migration = store.Get<IMigrationStore>();
        var reached = new PhaseReached(Phase.UntaggedTakeover, 100, 50, false, StoreFixture.Noon, 4, "L 50");

        (await migration.SaveStateAsync((await migration.StateAsync(StoreFixture.Production, default)) with { Current = reached, History = [reached] }, default)).ShouldBeTrue();

        var state = await migration.StateAsync(StoreFixture.Production, default);
        state.Current.ShouldBe(reached);
        state.History.ShouldBe([reached]);
        state.AutomationOn.ShouldBeTrue();
    }

    [Fact]
    public async Task Schedule_MissedOne_WaitsForAnAnswer_AndIsThenDueByTheRuleToRun()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var schedule = store.Get<IScheduleStore>();
        var brownout = new PlanTarget.Brownout("docker", TimeSpan.FromMinutes(15));
        var id = (await schedule.AddAsync(new ScheduledFlip(0, StoreFixture.Production, brownout, StoreFixture.Noon, Actor.Portal, "night", [], null, null), default)).Id;

        (await schedule.RunAsync(StoreFixture.Production, id, StoreFixture.Noon, default)).ShouldBeFalse();
        (await schedule.AskAsync(id, StoreFixture.Noon.AddHours(1), "it was down", default)).ShouldBeTrue();
        (await schedule.AskAsync(id, StoreFixture.Noon.AddHours(2), "again", default)).ShouldBeFalse();
        var missed = (await schedule.WaitingAsync(StoreFixture.Production, default)).Single();
        (missed.Target, missed.Missed, missed.MissedAt, missed.MissedWhy).ShouldBe((brownout, MissedRule.Ask, StoreFixture.Noon.AddHours(1), "it was down"));

        (await schedule.RunAsync(new InstanceId("qa"), id, StoreFixture.Noon, default)).ShouldBeFalse();
        (await schedule.RunAsync(StoreFixture.Production, id, StoreFixture.Noon.AddHours(3), default)).ShouldBeTrue();
        var due = (await schedule.WaitingAsync(StoreFixture.Production, default)).Single();
        (due.DueAt, due.Missed, due.MissedAt, due.MissedWhy).ShouldBe((StoreFixture.Noon.AddHours(3), MissedRule.Run, null, null));
    }

    [Fact]
    public async Task Schedule_WaitsUntilFinishedOrRemoved()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var schedule = store.Get<IScheduleStore>();
        PlanTarget[] targets =
        [
            new PlanTarget.ToPhase(Phase.OptIn, null, null), new PlanTarget.Evacuate(), new PlanTarget.DecideTag("linux", TagDecision.Retire),
        ];
        foreach (var (target, at) in targets.Select((target, at) => (target, at)))
            await schedule.AddAsync(new ScheduledFlip(0, StoreFixture.Production, target, StoreFixture.Noon.AddHours(3 - at), Actor.Portal, "night", ["no-runner:gpu"], null, null), default);

        var waiting = await schedule.WaitingAsync(StoreFixture.Production, default);
        waiting.Select(flip => flip.Target).ShouldBe(targets.Reverse());
        (await schedule.FinishAsync(waiting[0].Id, null, "fleet-changed", default)).ShouldBeTrue();
        (await schedule.FinishAsync(waiting[0].Id, 7, "begun by another replica", default)).ShouldBeFalse();
        (await schedule.RemoveAsync(StoreFixture.Production, waiting[0].Id, default)).ShouldBeFalse();
        (await schedule.RemoveAsync(StoreFixture.Production, waiting[1].Id, default)).ShouldBeTrue();
        (await schedule.WaitingAsync(StoreFixture.Production, default)).ShouldHaveSingleItem().Overrides.ShouldBe(["no-runner:gpu"]);
    }
}
