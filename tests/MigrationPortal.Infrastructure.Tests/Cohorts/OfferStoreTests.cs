using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Cohorts.Graduation;
using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

public sealed class OfferStoreTests(PostgresFixture postgres)
{
    private static readonly Actor Admin = new(ActorKind.User, "production/1");
    private static readonly ProjectId Project = new(StoreFixture.Production, 7);

    [Fact]
    public async Task AProject_IsAskedOnceAWeek_ByWhicheverReplicaIsFirst()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await using var replica = store.Replica();
        IOfferStore[] both = [store.Get<IOfferStore>(), replica.GetRequiredService<IOfferStore>()];
        var offer = new Offer(Project, [new UserId(StoreFixture.Production, 5), new UserId(StoreFixture.Production, 6)], StoreFixture.Noon, Admin, 0);

        var added = await Task.WhenAll(Enumerable.Range(0, 8).Select(at => both[at % 2].AddAsync(offer, StoreFixture.Noon - SendOffers.Pause, default)));
        added.Count(one => one).ShouldBe(1);
        var last = (await both[1].LastAsync(StoreFixture.Production, default)).ShouldHaveSingleItem().Value;
        (last.At, last.By, last.Times).ShouldBe((StoreFixture.Noon, Admin, 1));
        last.People.ShouldBe(offer.People);
        (await both[0].LastAsync(new InstanceId("qa"), default)).ShouldBeEmpty();

        var later = offer with { At = StoreFixture.Noon + SendOffers.Pause, People = [new UserId(StoreFixture.Production, 9)] };
        (await both[0].AddAsync(later, later.At - SendOffers.Pause, default)).ShouldBeTrue();
        (await both[0].LastAsync(StoreFixture.Production, default))[Project].ShouldSatisfyAllConditions(one => one.Times.ShouldBe(2), one => one.People.ShouldHaveSingleItem().Number.ShouldBe(9));
    }

    [Fact]
    public async Task AGraduation_IsStarted_StartedAnew_AndStoppedOnce()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var orders = store.Get<IGraduationStore>();
        (await orders.FindAsync(StoreFixture.Production, default)).ShouldBeNull();
        await orders.SaveAsync(new GraduationOrder(StoreFixture.Production, 20, Admin, StoreFixture.Noon), default);
        await orders.SaveAsync(new GraduationOrder(StoreFixture.Production, 5, Admin, StoreFixture.Noon.AddDays(1)), default);
        (await orders.FindAsync(StoreFixture.Production, default)).ShouldBe(new GraduationOrder(StoreFixture.Production, 5, Admin, StoreFixture.Noon.AddDays(1)));
        (await orders.FindAsync(new InstanceId("qa"), default)).ShouldBeNull();
        (await orders.RemoveAsync(StoreFixture.Production, default)).ShouldBeTrue();
        (await orders.RemoveAsync(StoreFixture.Production, default)).ShouldBeFalse();
    }
}
