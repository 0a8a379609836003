using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Bench;

/// <summary>The hourly failure rates of 30 days by executor with ten million jobs behind them against one million: they read rollups, so it should hardly matter.</summary>
internal static class RatesBenchmark
{
    private const int Times = 20;

    public static Benchmark Benchmark { get; } = new("rates-10m", "ms", false, Goal.AtMost(1.3), PrepareAsync)
    {
        Method = "failure rates of 30 days by hour and executor with 10 M jobs of 10,000 projects recorded, against the same with 1 M",
        Group = Benchmark.Insights,
    };

    private static async Task<Contest> PrepareAsync(BenchDatabases databases, CancellationToken cancellation)
    {
        var many = await ScaleStore.OpenAsync(databases, ScaleStore.Many, cancellation);
        var few = await ScaleStore.OpenAsync(databases, ScaleStore.Many / 10, cancellation);
        return new Contest(cancel => TimeAsync(many, cancel), cancel => TimeAsync(few, cancel), Repetitions: 9);
    }

    private static async Task<double> TimeAsync(ScaleStore store, CancellationToken cancel)
    {
        var reader = store.Services.GetRequiredService<IInsightReader>();
        var filter = new InsightFilter(BenchStore.Instance, ScaleStore.Window, Bucket.Hour, Dimension.Executor, null, new Dictionary<Dimension, string>());
        var clock = Stopwatch.StartNew();
        for (var time = 0; time < Times; time++)
            if ((await reader.FailureRatesAsync(filter, cancel)).Count < 30 * 24) throw new InvalidOperationException("Hours are missing: nothing was measured.");
        return clock.Elapsed.TotalMilliseconds / Times;
    }
}
