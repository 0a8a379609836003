using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Store;

public sealed class PortalEventsTests(PostgresFixture postgres)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Publish_ReachesAnotherReplica_AlsoAfterItsConnectionWasKilled()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await using var replica = store.Replica();
        foreach (var service in replica.GetServices<IHostedService>()) await service.StartAsync(default);
        var heard = Channel.CreateUnbounded<PortalEvent>();
        using var subscription = replica.GetRequiredService<IPortalEvents>().Subscribe(happened => heard.Writer.WriteAsync(happened).AsTask());
        await ListenersAsync(store, 1);
        var fleet = new PortalEvent(PortalTopic.Fleet, StoreFixture.Production, 12);

        await store.Get<IPortalEvents>().PublishAsync(fleet, default);
        (await heard.Reader.ReadAsync().AsTask().WaitAsync(Patience)).ShouldBe(fleet);

        await store.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN portal' AND datname = current_database()");
        // After the reconnect every topic is told, because what was missed is not known.
        var again = new HashSet<PortalTopic>();
        while (again.Count < Enum.GetValues<PortalTopic>().Length) again.Add((await heard.Reader.ReadAsync().AsTask().WaitAsync(Patience)).Topic);
        foreach (var service in replica.GetServices<IHostedService>()) await service.StopAsync(default);
    }

    private static async Task ListenersAsync(StoreFixture store, long wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (await store.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN portal' AND state = 'idle' AND datname = current_database()") < wanted)
            await Task.Delay(20, patience.Token);
    }
}
