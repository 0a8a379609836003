using MigrationPortal.Domain.Jobs;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>
/// The lowest number of each (pipeline, name) that a batch brings anew, among what is recorded and the batch itself: the
/// first attempt. Whatever order jobs come in, each ends with the same stamp, because a lower number that comes later
/// makes retries of those above it.
/// </summary>
internal sealed class Attempts
{
    private readonly Dictionary<(long Pipeline, string Name), long> _lowest = [];

    /// <summary>Recorded jobs outside of the batch that it turns out to be retries.</summary>
    public IReadOnlyList<long> Overtaken { get; private set; } = [];

    public static async Task<Attempts> ReadAsync(
        NpgsqlConnection connection, short instance, SortedList<long, JobObservation> batch, Dictionary<long, StoredJob> there, CancellationToken cancel)
    {
        var attempts = new Attempts();
        var pipelines = new HashSet<long>();
        foreach (var (number, seen) in batch)
        {
            if (Key(seen) is not { } key || (there.TryGetValue(number, out var old) && Key(old.Seen) == key)) continue;
            attempts._lowest.TryAdd(key, number); // ascending
            pipelines.Add(key.Pipeline);
        }

        if (pipelines.Count > 0) await attempts.CompareAsync(connection, instance, pipelines, batch, cancel);
        return attempts;
    }

    /// <param name="old">As it is recorded; null for a new one.</param>
    public JobAttempt Of(JobObservation seen, StoredJob? old) =>
        Key(seen) is { } key && _lowest.TryGetValue(key, out var lowest) ? seen.Id.Number == lowest ? JobAttempt.First : JobAttempt.Retry : old?.Attempt ?? JobAttempt.NotKnown;

    private async Task CompareAsync(
        NpgsqlConnection connection, short instance, HashSet<long> pipelines, SortedList<long, JobObservation> batch, CancellationToken cancel)
    {
        // As with the jobs themselves: of bulk, which comes in ranges that are mostly new, the range is far cheaper than each one.
        var (first, last) = (pipelines.Min(), pipelines.Max());
        var dense = last - first < 4L * pipelines.Count;
        var recorded = await connection.QueryAsync(
            dense
                ? "SELECT number, pipeline, name, attempt FROM jobs WHERE instance = $1 AND pipeline BETWEEN $2 AND $3"
                : "SELECT number, pipeline, name, attempt FROM unnest($2) AS asked (one) CROSS JOIN LATERAL (SELECT * FROM jobs WHERE instance = $1 AND pipeline = one OFFSET 0) job",
            values =>
            {
                values.AddWithValue(instance);
                values.AddWithValue(dense ? (object)first : pipelines.ToArray());
                if (dense) values.AddWithValue(last);
            },
            row => (Number: row.GetInt64(0), Key: (row.GetInt64(1), row.GetString(2)), Attempt: (JobAttempt)row.GetInt16(3)),
            cancel);
        foreach (var (number, key, _) in recorded)
            if (_lowest.TryGetValue(key, out var lowest) && number < lowest) _lowest[key] = number;
        Overtaken = [.. recorded
            .Where(job => job.Attempt == JobAttempt.First && _lowest.TryGetValue(job.Key, out var lowest) && lowest < job.Number && !batch.ContainsKey(job.Number))
            .Select(job => job.Number).Order()];
    }

    private static (long Pipeline, string Name)? Key(JobObservation seen) => seen.PipelineId is { } pipeline && seen.Name.Length > 0 ? (pipeline, seen.Name) : null;
}
