using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Instances;

public sealed class LeaseStoreTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Acquire_TwoReplicasAtOnce_OneHoldsAndTheFenceGrows()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await using var other = store.Replica();
        ILeaseStore[] replicas = [store.Get<ILeaseStore>(), other.GetRequiredService<ILeaseStore>()];

        var won = (await Task.WhenAll(Enumerable.Range(0, 20).Select(at => replicas[at % 2].TryAcquireAsync("fleet", $"p{at}", StoreFixture.Noon, Minute, default))))
            .OfType<Lease>().ToList();

        var first = won.ShouldHaveSingleItem();
        var second = (await replicas[1].TryAcquireAsync("fleet", "later", StoreFixture.Noon + Minute, Minute, default)).ShouldNotBeNull();
        second.Token.ShouldBeGreaterThan(first.Token);
        (await replicas[0].RenewAsync(first, StoreFixture.Noon + Minute, Minute, default)).ShouldBeNull();
        await replicas[0].ReleaseAsync(first, default);
        (await replicas[0].RenewAsync(second, StoreFixture.Noon + Minute, Minute, default)).ShouldNotBeNull().Token.ShouldBe(second.Token);
    }

    [Fact]
    public async Task Release_LetsTheNextInAtOnce()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var leases = store.Get<ILeaseStore>();
        var lease = (await leases.TryAcquireAsync("jobs", "a", StoreFixture.Noon, Minute, default))!;
        (await leases.TryAcquireAsync("jobs", "b", StoreFixture.Noon, Minute, default)).ShouldBeNull();

        await leases.ReleaseAsync(lease, default);

        (await leases.TryAcquireAsync("jobs", "b", StoreFixture.Noon, Minute, default)).ShouldNotBeNull().Token.ShouldBe(lease.Token + 1);
        (await leases.RenewAsync(lease, StoreFixture.Noon, Minute, default)).ShouldBeNull();
    }
}
