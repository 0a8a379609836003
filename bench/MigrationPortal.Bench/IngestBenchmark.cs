using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Infrastructure.Jobs;

namespace MigrationPortal.Bench;

/// <summary>
/// Finished jobs in bulk, as history is read back: batches of 40,000, after each the last twentieth comes again. Ours ends with
/// them deduplicated, stamped, indexed and in all rollups; the limit is Npgsql's binary COPY of the same new rows into a table
/// without any index.
/// </summary>
internal static class IngestBenchmark
{
    private const int Batch = 40_000;
    private const int Batches = 4;

    public static Benchmark Benchmark { get; } = new("ingest", "rows/s", true, Goal.AtLeast(0.40), PrepareAsync)
    {
        Group = Benchmark.Insights,
        Method = "finished jobs recorded in batches of 40,000, deduplicated and rolled up, against Npgsql's binary COPY of the same rows into a bare table",
    };

    private static async Task<Contest> PrepareAsync(BenchDatabases databases, CancellationToken cancellation)
    {
        var (services, source) = await BenchStore.OpenAsync(databases, cancellation);
        var store = services.GetRequiredService<IJobStore>();
        var words = services.GetRequiredService<JobWords>();
        var jobs = new BenchJobs(BenchStore.Instance, 7);
        await store.RecordAsync(BenchStore.Instance, jobs.Next(Batch), cancellation);
        await using (var make = source.CreateCommand("CREATE TABLE bare AS SELECT * FROM jobs WITH NO DATA")) await make.ExecuteNonQueryAsync(cancellation);

        List<JobObservation> again = [];
        var pending = new List<List<JobObservation>>();
        // Made before the clock runs; the limit copies the rows that ours has just recorded.
        List<List<JobObservation>> Make() => [.. Enumerable.Range(0, Batches).Select(_ => jobs.Next(Batch))];
        return new Contest(
            async cancel =>
            {
                pending = Make();
                var clock = Stopwatch.StartNew();
                foreach (var batch in pending)
                {
                    await store.RecordAsync(BenchStore.Instance, [.. again, .. batch], cancel);
                    again = batch[^(Batch / 20)..];
                }

                return Batches * Batch / clock.Elapsed.TotalSeconds;
            },
            async cancel =>
            {
                var rows = (pending.Count == 0 ? Make() : pending).ConvertAll(
                    batch => batch.ConvertAll(seen => new StoredJob(seen, seen.Executor!.Value, "18.1.0", JobAttempt.First)));
                await using (var empty = source.CreateCommand("TRUNCATE bare")) await empty.ExecuteNonQueryAsync(cancel);
                var clock = Stopwatch.StartNew();
                foreach (var batch in rows) await BareCopy.RunAsync(source, words, batch, cancel);
                return Batches * Batch / clock.Elapsed.TotalSeconds;
            });
    }
}
