using System.Diagnostics;
using Npgsql;

namespace MigrationPortal.Bench.Hooks;

/// <summary>
/// Job events to the portal over 32 connections, one a request, all of different jobs. The clock stops when the last of them is
/// in the table, so the queue cannot hide the writing; against an endpoint of the same host that reads the body and answers 200.
/// </summary>
internal static class WebhookBenchmark
{
    private const int Connections = 32;
    private const int Events = 100_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static Benchmark Benchmark { get; } = new("webhook", "requests/s", false, Goal.AtLeast(0.60), PrepareAsync)
    {
        Group = Benchmark.Insights,
        Method = "100,000 job events on 32 connections until all are in the table, against an endpoint of the same host that reads the body and answers 200",
    };

    private static async Task<Contest> PrepareAsync(BenchDatabases databases, CancellationToken cancellation)
    {
        var database = await databases.CreateNamedAsync(cancellation);
        var source = NpgsqlDataSource.Create(database);
        var portal = await BenchPortal.StartAsync(database, cancellation);
        var client = new EventClient(portal.Address, Connections);
        var jobs = new BenchJobs(BenchStore.Instance, 7);
        var stored = 0L;
        return new Contest(
            async cancel =>
            {
                var requests = new EventRequests(BenchPortal.Hook, jobs.Next(Events));
                var clock = Stopwatch.StartNew();
                await client.SendAsync(requests, cancel);
                await AllStoredAsync(source, stored += Events, cancel);
                var rate = Events / clock.Elapsed.TotalSeconds;
                await AllCountedAsync(source, stored, cancel);
                return rate;
            },
            async cancel =>
            {
                var requests = new EventRequests(BenchPortal.Bare, new BenchJobs(BenchStore.Instance, 8).Next(Events));
                var clock = Stopwatch.StartNew();
                await client.SendAsync(requests, cancel);
                return Events / clock.Elapsed.TotalSeconds;
            },
            Held: portal);
    }

    private static async Task AllStoredAsync(NpgsqlDataSource source, long events, CancellationToken cancel)
    {
        for (var waited = Stopwatch.StartNew(); ;)
        {
            var there = await CountAsync(source, "SELECT count(*) FROM jobs", cancel);
            if (there == events) return;
            if (waited.Elapsed > Patience || there > events) throw new InvalidOperationException($"{there} of {events} events are in the table: the benchmark is broken, or the portal lost some.");
            await Task.Delay(20, cancel);
        }
    }

    private static async Task AllCountedAsync(NpgsqlDataSource source, long events, CancellationToken cancel)
    {
        var counted = await CountAsync(source, "SELECT sum(jobs)::bigint FROM rollup_hour_result", cancel);
        if (counted != events) throw new InvalidOperationException($"The rollup counts {counted} of {events} jobs.");
    }

    private static async Task<long> CountAsync(NpgsqlDataSource source, string sql, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }
}
