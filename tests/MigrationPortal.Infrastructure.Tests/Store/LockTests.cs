using MigrationPortal.Infrastructure.Store;
using MigrationPortal.Testing;
using Npgsql;

namespace MigrationPortal.Infrastructure.Tests.Store;

public sealed class LockTests(PostgresFixture postgres)
{
    [Fact]
    public async Task ManyWaitForAName_OneConnectionWaits_AndAllGetTheirTurn()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await using var holder = new NpgsqlConnection(store.ConnectionString);
        await holder.OpenAsync();
        await holder.WaitForLockAsync("jobs:production", default);
        var database = store.Get<Database>();
        var (inside, most, done) = (0, 0, 0);

        var waiting = Enumerable.Range(0, 50).Select(_ => database.LockedAsync(
            "jobs:production",
            async connection =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                await connection.ExecuteAsync("SELECT 1", _ => { }, default);
                Interlocked.Decrement(ref inside);
                return ++done;
            },
            default)).ToList();
        while (await WaitersAsync() == 0) await Task.Yield();
        (await WaitersAsync()).ShouldBe(1);
        waiting.ShouldAllBe(one => !one.IsCompleted);

        await holder.UnlockAsync("jobs:production");
        await Task.WhenAll(waiting);
        (most, done).ShouldBe((1, 50));

        Task<long> WaitersAsync() => store.ScalarAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'");
    }
}
