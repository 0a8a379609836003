using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Notices;

public sealed class OutboxTests(PostgresFixture postgres)
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9/");

    [Fact]
    public async Task Tell_WithinAChangeThatIsNotKept_LeavesNothing()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        await world.HookAsync(Nowhere);
        var audit = world.Get<IAuditTrail>();

        await audit.ChangeAsync<bool>(async () => { await world.TellAsync("dropped"); return (true, null); }, default);
        await Should.ThrowAsync<InvalidOperationException>(audit.ChangeAsync<bool>(async () => { await world.TellAsync("failed"); throw new InvalidOperationException(); }, default));
        (await world.DeliveriesAsync()).ShouldBeEmpty();

        await audit.ChangeAsync<bool>(async () => { await world.TellAsync("kept"); return (true, new AuditEntry(StoreFixture.Noon, null, Actor.Portal, "x", "x", null, null, null)); }, default);
        (await world.DeliveriesAsync()).ShouldHaveSingleItem().Notice.Notice.Key.ShouldBe("kept");
    }

    [Fact]
    public async Task Tell_SameKeyByManyAtOnce_IsStoredAndQueuedOnce()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        await world.HookAsync(Nowhere);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => world.TellAsync("same")));

        (await world.Get<INoticeStore>().NewestAsync(StoreFixture.Production, NoticeFilter.All, 10, null, default)).Count.ShouldBe(1);
        (await world.DeliveriesAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Tell_ReachesTheChannelsThatWantIt_NotThoseThatAreOff()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        var wants = await world.HookAsync(Nowhere, name: "wants");
        await world.HookAsync(Nowhere, new NoticeRules(null, new Dictionary<string, NoticeSeverity?> { ["drift"] = NoticeSeverity.Info }), "drift only");
        var off = await world.HookAsync(Nowhere, name: "off");
        NoticeWorld.Done(await world.Get<ChangeChannel>().SaveAsync(off.Channel.Id, new ChannelWish("off", ChannelKind.Webhook, false, null, null, null, NoticeRules.Usual), NoticeWorld.Mara, default));

        await world.TellAsync();

        (await world.DeliveriesAsync()).ShouldHaveSingleItem().Channel.ShouldBe(wants.Channel.Id);
    }

    [Fact]
    public async Task Notice_IsReadBackAsItWasTold()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        await world.TellAsync("one");
        await world.TellAsync("two", NoticeSeverity.Info);
        var store = world.Get<INoticeStore>();

        var stored = (await store.NewestAsync(StoreFixture.Production, NoticeFilter.Alerts, 10, null, default)).ShouldHaveSingleItem();
        stored.Notice.ShouldBe(NoticeWorld.Of("one") with { Numbers = stored.Notice.Numbers });
        stored.Notice.Numbers.ShouldBe([new NoticeNumber("steps done", "3 of 6")]);
        (await store.CountAsync(StoreFixture.Production, NoticeFilter.All, default)).ShouldBe(2);
        (await store.CountAsync(new InstanceId("qa"), NoticeFilter.All, default)).ShouldBe(0);
    }

    [Fact]
    public async Task Take_IsGivenToOne_AndOnlyOverFromTheOneWhoWasSeen()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        await world.TellAsync();
        var store = world.Get<INoticeStore>();
        var id = (await store.NewestAsync(StoreFixture.Production, NoticeFilter.Open, 1, null, default)).Single().Id;
        var (mara, jun) = (NoticeWorld.Mara, new Actor(ActorKind.User, "production/2"));

        var tries = await Task.WhenAll(Enumerable.Range(0, 6).Select(at => store.TakeAsync(id, null, at % 2 == 0 ? mara : jun, StoreFixture.Noon, default)));

        tries.Count(taken => taken).ShouldBe(1);
        var holder = (await store.FindAsync(id, default))!.TakenBy!;
        var other = holder == mara ? jun : mara;
        (await store.TakeAsync(id, other, holder, StoreFixture.Noon, default)).ShouldBeFalse();
        (await store.TakeAsync(id, holder, other, StoreFixture.Noon, default)).ShouldBeTrue();
        (await store.CountAsync(StoreFixture.Production, NoticeFilter.Open, default)).ShouldBe(0);
    }

    [Fact]
    public async Task Housekeeping_DropsOldNoticesWithTheirDeliveries()
    {
        await using var world = await NoticeWorld.OpenAsync(postgres);
        await world.HookAsync(Nowhere);
        await world.TellAsync("old");
        world.Time.Advance(TimeSpan.FromDays(2));
        await world.TellAsync("new");

        (await world.Get<INoticeStore>().RemoveAsync(StoreFixture.Noon.AddDays(1), default)).ShouldBe(1);

        (await world.DeliveriesAsync()).ShouldHaveSingleItem().Notice.Notice.Key.ShouldBe("new");
    }
}
