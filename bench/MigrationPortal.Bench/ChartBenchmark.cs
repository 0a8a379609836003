using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Bench;

/// <summary>
/// The failure-rate chart by executor and hour over 30 days (its points, families joined) against one plain SQL query
/// that reads the rollup rows it needs.
/// </summary>
internal static class ChartBenchmark
{
    private const int Days = 30;
    private const int Times = 20;

    // One job in fifty of a busy instance fills every hour, executor and kind of the rollup all the same.
    private const int Recorded = 60_000;
    private static readonly TimeWindow Window = new(BenchJobs.Start, BenchJobs.Start.AddDays(Days));

    public static Benchmark Benchmark { get; } = new("chart", "ms", true, Goal.AtMost(2.0), PrepareAsync)
    {
        Method = "failure rates of 30 days by hour and executor, against one plain SQL query of the rollup rows they need",
    };

    private static async Task<Contest> PrepareAsync(BenchDatabases databases, CancellationToken cancellation)
    {
        var (services, source) = await BenchStore.OpenAsync(databases, cancellation);
        var stretched = new BenchJobs(BenchStore.Instance, 7).Next(Recorded).ConvertAll(Stretch);
        await services.GetRequiredService<IJobStore>().RecordAsync(BenchStore.Instance, stretched, cancellation);
        await using (var analyze = source.CreateCommand("VACUUM ANALYZE rollup_hour_result")) await analyze.ExecuteNonQueryAsync(cancellation);
        var reader = services.GetRequiredService<IInsightReader>();
        var filter = new InsightFilter(BenchStore.Instance, Window, Bucket.Hour, Dimension.Executor, null, new Dictionary<Dimension, string>());
        return new Contest(
            cancel => TimeAsync(async () => (await reader.FailureRatesAsync(filter, cancel)).Count),
            cancel => TimeAsync(() => PlainRollup.ReadAsync(source, Window, cancel)));
    }

    private static JobObservation Stretch(JobObservation job)
    {
        var shift = TimeSpan.FromSeconds(job.Id.Number * 86_400.0 * Days / Recorded - job.Id.Number * 86_400.0 / BenchJobs.PerDay);
        return job with { CreatedAt = job.CreatedAt + shift, QueuedAt = job.QueuedAt + shift, StartedAt = job.StartedAt + shift, FinishedAt = job.FinishedAt + shift };
    }

    private static async Task<double> TimeAsync(Func<Task<int>> work)
    {
        var clock = Stopwatch.StartNew();
        for (var time = 0; time < Times; time++)
            if (await work() == 0) throw new InvalidOperationException("The chart is empty: nothing was measured.");
        return clock.Elapsed.TotalMilliseconds / Times;
    }
}
