using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Cohorts;

public sealed class CohortStoreTests(PostgresFixture postgres)
{
    private static readonly Actor Admin = new(ActorKind.User, "production/1");

    private static readonly Cohort Pilot = new(
        0, StoreFixture.Production, "pilot", "0123456789abcdef", 0.125m, new GroupCaps(3, new Dictionary<long, int?> { [7] = null, [9] = 0 }), new Dictionary<long, string> { [12] = "quarter end" }, Admin, StoreFixture.Noon, 0);

    [Fact]
    public async Task Cohort_ReadBack_ChangedOnce_AndNamedOnce()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var cohorts = store.Get<ICohortStore>();
        var added = (await cohorts.AddAsync(Pilot, default)).ShouldNotBeNull();
        (await cohorts.AddAsync(Pilot, default)).ShouldBeNull("the name is taken");
        (await cohorts.AddAsync(Pilot with { Instance = new InstanceId("qa") }, default)).ShouldNotBeNull();

        var read = (await cohorts.ListAsync(StoreFixture.Production, default)).ShouldHaveSingleItem();
        (read with { Caps = Pilot.Caps, Excluded = Pilot.Excluded }).ShouldBe(Pilot with { Id = added.Id, Version = 1 });
        read.Caps.Named.ShouldBe(Pilot.Caps.Named, ignoreOrder: true);
        read.Excluded.ShouldBe(Pilot.Excluded);
        (await cohorts.SaveAsync(read with { Percent = 5 }, default)).ShouldNotBeNull().Percent.ToString(System.Globalization.CultureInfo.InvariantCulture).ShouldBe("5");
        (await cohorts.SaveAsync(read with { Percent = 6 }, default)).ShouldBeNull("it has another version meanwhile");
        (await cohorts.FindAsync(new InstanceId("qa"), added.Id, default)).ShouldBeNull();
    }

    [Fact]
    public async Task Waves_AreNumbered_OneIsOpenAtATime_AndOneReplicaSendsIt()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await using var replica = store.Replica();
        var cohorts = store.Get<ICohortStore>();
        var cohort = (await cohorts.AddAsync(Pilot, default))!.Id;
        var wave = new Wave(0, cohort, 0, 1, WaveStart.AtTime, StoreFixture.Noon.AddDays(1), WaveState.Planned, null, Admin, StoreFixture.Noon, 0);
        var planned = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => cohorts.AddWaveAsync(wave, default)));
        var first = planned.OfType<Wave>().ShouldHaveSingleItem("one after the other");
        first.ShouldBe(wave with { Id = first.Id, Number = 1, Version = 1 });

        var previewed = (await cohorts.SaveWaveAsync(first with { State = WaveState.Previewed }, default))!;
        var sent = previewed with { State = WaveState.Sent, SentAt = StoreFixture.Noon };
        var both = await Task.WhenAll(cohorts.SaveWaveAsync(sent, default), ((ICohortStore)replica.GetService(typeof(ICohortStore))!).SaveWaveAsync(sent, default));
        both.OfType<Wave>().ShouldHaveSingleItem().Version.ShouldBe(3);
        (await cohorts.AddWaveAsync(wave with { Start = WaveStart.ByHand, DueAt = null }, default))!.Number.ShouldBe(2);
        (await cohorts.WavesAsync(cohort, default)).Select(one => (one.Number, one.State, one.SentAt)).ShouldBe([(1, WaveState.Sent, StoreFixture.Noon), (2, WaveState.Planned, null)]);
    }

    [Fact]
    public async Task Invitations_AreOneAPersonAndWave()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var (cohorts, invitations) = (store.Get<ICohortStore>(), store.Get<IInvitations>());
        var cohort = (await cohorts.AddAsync(Pilot, default))!.Id;
        var wave = (await cohorts.AddWaveAsync(new Wave(0, cohort, 0, 1, WaveStart.ByHand, null, WaveState.Planned, null, Admin, StoreFixture.Noon, 0), default))!.Id;
        var invitation = new Invitation(wave, new UserId(StoreFixture.Production, 5), [new(StoreFixture.Production, 7), new(StoreFixture.Production, 9)], StoreFixture.Noon);
        (await invitations.AddAsync([invitation, invitation with { Person = new UserId(StoreFixture.Production, 6) }], default)).ShouldBe(2);
        (await invitations.AddAsync([invitation], default)).ShouldBe(0);
        var read = await invitations.OfWaveAsync(wave, default);
        read.Select(one => one.Person.Number).ShouldBe([5, 6]);
        read[0].Projects.ShouldBe(invitation.Projects);
    }
}
