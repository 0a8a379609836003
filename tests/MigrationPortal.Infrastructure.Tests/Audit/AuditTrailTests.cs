using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;
using Npgsql;

namespace MigrationPortal.Infrastructure.Tests.Audit;

public sealed class AuditTrailTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Append_ManyAtOnce_MakesOneUnbrokenChain()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var trail = store.Get<IAuditTrail>();

        await Task.WhenAll(Enumerable.Range(0, 25).Select(at => trail.AppendAsync(Entry(at), default)));

        (await trail.VerifyAsync(default)).ShouldBe(new AuditVerdict(25, null));
        (await trail.NewestAsync(3, 20, default)).Select(record => record.Sequence).ShouldBe([19, 18, 17]);
        (await trail.NewestAsync(1, null, default))[0].Entry.Who.ShouldBe(new Actor(ActorKind.User, "3"));
    }

    [Fact]
    public async Task Has_IsAskedOfThePortalsOwnEntriesOfAnInstance()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var trail = store.Get<IAuditTrail>();
        await trail.AppendAsync(Entry(0) with { Instance = StoreFixture.Production, Who = Actor.Portal, What = "step.held", Subject = "gates/7" }, default);
        await trail.AppendAsync(Entry(1) with { Instance = StoreFixture.Production, What = "step.held", Subject = "gates/8" }, default);

        (await trail.HasAsync(StoreFixture.Production, "step.held", "gates/7", default)).ShouldBeTrue();
        (await trail.HasAsync(StoreFixture.Production, "step.held", "gates/8", default)).ShouldBeFalse("a person's");
        (await trail.HasAsync(StoreFixture.Production, "plan.held", "gates/7", default)).ShouldBeFalse();
        (await trail.HasAsync(new InstanceId("qa"), "step.held", "gates/7", default)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET why = 'nothing to see' WHERE sequence = 3", 3L)]
    [InlineData("DELETE FROM audit_entries WHERE sequence = 3", 4L)]
    [InlineData("UPDATE audit_entries SET at = at + interval '1 second' WHERE sequence = 2", 2L)]
    [InlineData("UPDATE audit_entries SET who = 'user:4' WHERE sequence = 1", 1L)]
    public async Task Verify_SomebodyTampered_NamesTheFirstBrokenEntry(string tamper, long broken)
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        for (var at = 0; at < 5; at++) await store.Get<IAuditTrail>().AppendAsync(Entry(at), default);

        (await Should.ThrowAsync<PostgresException>(store.ExecuteAsync(tamper))).SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
        // Whoever owns the database can lift the trigger; the chain is what still tells.
        await store.ExecuteAsync($"ALTER TABLE audit_entries DISABLE TRIGGER USER; {tamper}");

        (await store.Get<IAuditTrail>().VerifyAsync(default)).FirstBroken.ShouldBe(broken);
    }

    [Theory]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    [InlineData(true, false, false)]
    public async Task Change_AndItsEntry_AreStoredTogetherOrNotAtAll(bool withoutEntry, bool fails, bool kept)
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var (trail, migration, schedule) = (store.Get<IAuditTrail>(), store.Get<IMigrationStore>(), store.Get<IScheduleStore>());
        var settings = (await migration.SettingsAsync(StoreFixture.Production, default)) with { FallbackTag = "docker-fallback" };
        var flip = new ScheduledFlip(0, StoreFixture.Production, new PlanTarget.Evacuate(), StoreFixture.Noon, Entry(0).Who, "because", [], null, null);

        var change = trail.ChangeAsync<bool>(
            async () =>
            {
                (await migration.SaveSettingsAsync(settings, default)).ShouldBeTrue();
                await schedule.AddAsync(flip, default);
                (await migration.SettingsAsync(StoreFixture.Production, default)).FallbackTag.ShouldBe("docker-fallback", "it reads what it has written");
                if (fails) throw new InvalidOperationException("on purpose");
                return (true, withoutEntry ? null : Entry(1));
            },
            default);
        if (fails) await Should.ThrowAsync<InvalidOperationException>(change);
        else await change;

        (await trail.VerifyAsync(default)).ShouldBe(new AuditVerdict(kept ? 1 : 0, null));
        (await migration.SettingsAsync(StoreFixture.Production, default)).FallbackTag.ShouldBe(kept ? "docker-fallback" : null);
        (await schedule.WaitingAsync(StoreFixture.Production, default)).Count.ShouldBe(kept ? 1 : 0);
    }

    [Fact]
    public async Task Changes_ManyAtOnce_EachHaveTheirEntry()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var change = new ChangeSettings(store.Get<IMigrationStore>(), store.Get<IAuditTrail>(), new NoonClock());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(at => change.RunAsync(
            StoreFixture.Production, Entry(0).Who, "tag.decision", $"tag/{at}",
            before => before with { Decisions = new Dictionary<string, TagDecision>(before.Decisions) { [$"t{at}"] = TagDecision.Keep } }, one => one.Decisions.Count, default)));

        var entries = await store.Get<IAuditTrail>().NewestAsync(100, null, default);
        entries.Select(one => one.Entry.After).ShouldBe(["8", "7", "6", "5", "4", "3", "2", "1"]);
        (await store.Get<IMigrationStore>().SettingsAsync(StoreFixture.Production, default)).Decisions.Count.ShouldBe(8);
    }

    private sealed class NoonClock : IWorldClock
    {
        public DateTimeOffset Now(InstanceId instance) => StoreFixture.Noon;

        public double Speed(InstanceId instance) => 0;
    }

    private static AuditEntry Entry(int at) => new(
        StoreFixture.Noon.AddTicks(at * 12_345_677), StoreFixture.Production, new Actor(ActorKind.User, "3"), "plan.apply", $"operation/{at}", "because “ä”", null, "{}");
}
