using System.Diagnostics;

namespace MigrationPortal.Bench.Past;

/// <summary>The resident memory of a real portal process while it reads a million jobs back, beyond that of the same process idle.</summary>
internal static class MemoryBenchmark
{
    private const int Jobs = 1_000_000;
    private const double AllowedMb = 150;

    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    public static Benchmark Benchmark { get; } = new("memory", "MB", false, Goal.AtMost(1), PrepareAsync)
    {
        Group = Benchmark.Insights,
        Method = "highest resident memory of the portal's process while 1,000,000 jobs are read back at full speed, less its resident memory when idle just before, against 150 MB",
    };

    private static async Task<Contest> PrepareAsync(BenchDatabases databases, CancellationToken cancellation)
    {
        var source = await databases.CreateAsync(cancellation);
        var gitlab = new StubPast(Jobs);
        await gitlab.StartAsync(cancellation);
        var portal = await PortalProcess.StartAsync(databases.WholeAddressOf(source), gitlab.Address, cancellation);
        return new Contest(
            async cancel =>
            {
                await Task.Delay(Settled, cancel);
                var idle = portal.ResidentMb;
                gitlab.Open();
                var highest = idle;
                for (var clock = Stopwatch.StartNew(); await RecordedAsync(source, cancel) < Jobs; await Task.Delay(250, cancel))
                {
                    highest = Math.Max(highest, portal.ResidentMb);
                    if (clock.Elapsed > Longest) throw new TimeoutException("The million jobs are not read.");
                }
                await Console.Error.WriteLineAsync($"# memory: idle {idle:0} MB, highest {highest:0} MB");
                return highest - idle;
            },
            _ => Task.FromResult(AllowedMb),
            Repetitions: 1, Held: new Both(portal, gitlab), WarmsUp: false);
    }

    // From a rollup: counting a million rows four times a second would be a load of its own.
    private static async Task<long> RecordedAsync(Npgsql.NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("SELECT coalesce(sum(jobs), 0)::bigint FROM rollup_hour_result");
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    private sealed class Both(PortalProcess portal, StubPast gitlab) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await portal.DisposeAsync();
            await gitlab.DisposeAsync();
        }
    }
}
