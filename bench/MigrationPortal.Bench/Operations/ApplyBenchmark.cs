namespace MigrationPortal.Bench.Operations;

/// <summary>How fast an operation walks: against the latency that its writes and read-backs cannot avoid, and against a limit of GitLab.</summary>
internal static class ApplyBenchmark
{
    private const int Changes = 500;
    private const int LimitedChanges = 100;
    private const double Limit = 10;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    public static Benchmark Apply { get; } = new("apply", "ms", true, Goal.AtMost(1.3), ApplyAsync)
    {
        Group = Benchmark.Insights,
        Method = "an operation of 500 runner changes at 20 ms GitLab latency, to its verified end, against 500 x (write + read back) x 20 ms / 8 at once",
    };

    public static Benchmark Limited { get; } = new("apply-limited", "requests/s", false, Goal.AtLeast(0.9), LimitedAsync)
    {
        Group = Benchmark.Insights,
        Method = "the same with 100 changes under a limit of 10 requests/s: requests sent a second once the burst is spent, against the limit",
    };

    private static async Task<Contest> ApplyAsync(BenchDatabases databases, CancellationToken cancellation)
    {
        var world = await ApplyWorld.StartAsync(databases, Changes, Latency, 1000, cancellation);
        return new Contest(
            async cancel => (await world.ApplyAsync(cancel)).Took.TotalMilliseconds,
            _ => Task.FromResult(Changes * 2 * Latency.TotalMilliseconds / ApplyWorld.Concurrency),
            Held: world);
    }

    private static async Task<Contest> LimitedAsync(BenchDatabases databases, CancellationToken cancellation)
    {
        var world = await ApplyWorld.StartAsync(databases, LimitedChanges, Latency, Limit, cancellation);
        return new Contest(
            async cancel =>
            {
                // Until the burst is there in full, as after any pause.
                await Task.Delay(TimeSpan.FromSeconds(1.2), cancel);
                var (took, requests) = await world.ApplyAsync(cancel);
                return (requests - Limit) / took.TotalSeconds;
            },
            _ => Task.FromResult(Limit),
            Repetitions: 3, Held: world, WarmsUp: false);
    }
}
