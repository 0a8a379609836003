using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Gates;

public sealed class FreezeStoreTests(PostgresFixture postgres)
{
    private static readonly FreezeWindow Window = new(
        0, StoreFixture.Production, "Turn of the year", new(2026, 12, 24, 18, 0, 0), new(2027, 1, 2, 6, 0, 0), "Europe/Vienna", "FREQ=YEARLY", [new(2027, 12, 24, 18, 0, 0)], "xmas@example.org", null, 0);

    [Fact]
    public async Task Window_ReadBack_ChangedOnce_AndRemoved()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var freezes = store.Get<IFreezeStore>();
        var added = await freezes.AddAsync(Window, default);
        var read = (await freezes.ListAsync(StoreFixture.Production, default)).ShouldHaveSingleItem();
        (read with { Except = Window.Except }).ShouldBe(Window with { Id = added.Id, Version = 1 });
        read.Except.ShouldBe(Window.Except);

        (await freezes.SaveAsync(added with { EndedAt = StoreFixture.Noon, Recurrence = null }, default)).ShouldNotBeNull().Version.ShouldBe(2);
        (await freezes.SaveAsync(added, default)).ShouldBeNull("it has another version meanwhile");
        (await freezes.FindAsync(StoreFixture.Production, added.Id, default))!.EndedAt.ShouldBe(StoreFixture.Noon);
        (await freezes.FindAsync(new InstanceId("qa"), added.Id, default)).ShouldBeNull();
        (await freezes.RemoveAsync(new InstanceId("qa"), added.Id, default)).ShouldBeFalse();
        (await freezes.RemoveAsync(StoreFixture.Production, added.Id, default)).ShouldBeTrue();
        (await freezes.RemoveAsync(StoreFixture.Production, added.Id, default)).ShouldBeFalse();
    }

    [Fact]
    public async Task Reading_ReplayedFromItsEvidence_IsTheSame()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await store.Get<IFreezeStore>().AddAsync(Window, default);
        var freezes = new ReadFreezes(store.Get<IFreezeStore>(), store.Get<IFreezeCalendar>());
        var at = new DateTimeOffset(2026, 12, 31, 12, 0, 0, TimeSpan.Zero);
        var facts = await new FreezeFacts(freezes).AddAsync(GateStoreTests.Facts(14) with { At = at }, StoreFixture.Production, PhasePolicy.Default(Phase.UntaggedTakeover), new PlanTarget.ToPhase(Phase.DockerFallback, null, null), default);
        var policy = GatePolicy.Default(GateStage.Overlap);
        var stored = await store.Get<IGateStore>().AddAsync(GateEvaluation.Of(StoreFixture.Production, facts, policy), facts, policy, default);

        stored.Readings.Single(reading => reading.Gate == CalendarGate.Name).Sentence.ShouldBe("The freeze window 'Turn of the year' lasts until Sat 2 Jan 05:00 UTC: nothing flips by itself before. A person may still apply a plan.");
        var (seen, kept) = (await store.Get<IGateStore>().EvidenceAsync(stored.Id, default))!.Value;
        GateEvaluation.Of(StoreFixture.Production, seen, kept).Readings.ShouldBe(stored.Readings);
    }

    [Fact]
    public async Task Schedule_HeldOne_KeepsTheFreeze_UntilItIsRunAnew()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var schedule = store.Get<IScheduleStore>();
        var id = (await schedule.AddAsync(new ScheduledFlip(0, StoreFixture.Production, new PlanTarget.ToPhase(Phase.OptIn, null, null), StoreFixture.Noon, Actor.Portal, "night", [], null, null), default)).Id;
        (await schedule.HoldAsync(id, StoreFixture.Noon.AddHours(3), "Audit", default)).ShouldBeTrue();
        (await schedule.HoldAsync(id, StoreFixture.Noon.AddHours(3), "Audit", default)).ShouldBeFalse();
        (await schedule.HoldAsync(id, StoreFixture.Noon.AddHours(4), "Audit", default)).ShouldBeTrue();
        var held = (await schedule.WaitingAsync(StoreFixture.Production, default)).Single();
        (held.HeldUntil, held.HeldBy).ShouldBe((StoreFixture.Noon.AddHours(4), "Audit"));

        await schedule.AskAsync(id, StoreFixture.Noon.AddHours(4), "it was due in a freeze", default);
        (await schedule.HoldAsync(id, StoreFixture.Noon.AddHours(5), "Audit", default)).ShouldBeFalse();
        await schedule.RunAsync(StoreFixture.Production, id, StoreFixture.Noon.AddHours(5), default);
        var due = (await schedule.WaitingAsync(StoreFixture.Production, default)).Single();
        (due.HeldUntil, due.HeldBy).ShouldBe((null, null));
    }
}
