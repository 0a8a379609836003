using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>
/// One recorder per instance at a time, over all replicas: then nobody inserts between reading and writing, rollup
/// rows have no rivals, and merging is the domain's own function instead of a copy of it in SQL.
/// </summary>
internal sealed class JobStore(Database database, InstanceNumbers instances, JobWords words, JobPartitions partitions, IInstanceStore marks) : IJobStore
{
    private static readonly short[] OnRunner = [(short)JobStatus.Running, (short)JobStatus.Canceling];

    private readonly JobTable _table = new(words);
    private readonly ClassCensus _census = new(database, words);

    public async Task<int> RecordAsync(InstanceId instance, IReadOnlyCollection<JobObservation> observations, CancellationToken cancel)
    {
        var batch = JobBatch.Join(instance, [.. observations.Where(seen => !TwinRef.Is(seen.Ref))]);
        if (batch.Count == 0) return 0;
        var number = await instances.NumberAsync(instance, cancel);
        return await database.LockedAsync($"jobs:{instance}", connection => RecordAsync(connection, instance, number, batch, cancel), cancel);
    }

    public async Task<JobClassCensus> CensusAsync(InstanceId instance, TimeWindow window, CancellationToken cancel)
    {
        // The mark first: what is read meanwhile makes the census fuller than it says, never emptier.
        var since = HistoryMark.CompleteSince(await HistoryMark.ReadAsync(marks, instance, cancel), window);
        return (await _census.ReadAsync(instance, await instances.NumberAsync(instance, cancel), window, since, cancel)) with { CompleteSince = since };
    }

    public async Task<IReadOnlySet<RunnerId>> StartedJobSinceAsync(
        InstanceId instance, IReadOnlyCollection<RunnerId> runners, DateTimeOffset since, CancellationToken cancel) =>
        (await database.QueryAsync(
            """
            SELECT a.runner FROM runner_activity a JOIN instances i ON i.number = a.instance
            WHERE i.name = $1 AND a.runner = ANY ($2) AND a.last_started_at >= $3
            """,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(runners.Select(runner => runner.Number).ToArray());
                values.AddWithValue(since.ToUniversalTime());
            },
            row => new RunnerId(instance, row.GetInt64(0)),
            cancel)).ToHashSet();

    public async Task<IReadOnlyDictionary<RunnerId, long>> RunningAsync(
        InstanceId instance, IReadOnlyCollection<RunnerId> runners, DateTimeOffset startedSince, CancellationToken cancel) =>
        (await database.QueryAsync(
            """
            SELECT j.runner, count(*) FROM jobs j JOIN instances i ON i.number = j.instance
            WHERE i.name = $1 AND j.status = ANY ($2) AND j.status < 10 AND j.runner = ANY ($3) AND j.started_at >= $4 GROUP BY 1
            """,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(OnRunner);
                values.AddWithValue(runners.Select(runner => runner.Number).ToArray());
                values.AddWithValue(startedSince.ToUniversalTime());
            },
            row => (Runner: new RunnerId(instance, row.GetInt64(0)), Jobs: row.GetInt64(1)),
            cancel)).ToDictionary(row => row.Runner, row => row.Jobs);

    private async Task<int> RecordAsync(
        NpgsqlConnection connection, InstanceId instance, short number, SortedList<long, JobObservation> batch, CancellationToken cancel)
    {
        var kept = await KeptJobs.ReadAsync(connection, number, cancel);
        var there = await _table.ReadAsync(connection, instance, number, batch.Keys, cancel);
        foreach (var gone in batch.Values.Where(seen => !kept.MayRecord(seen) && !there.ContainsKey(seen.Id.Number)).ToList()) batch.Remove(gone.Id.Number);
        if (batch.Count == 0) return 0;
        await partitions.EnsureAsync(connection, number, batch.Keys, kept.Drops, cancel);
        var managers = await ManagerMemory.ReadAsync(
            connection, instance, batch.Values.Concat(there.Values.Select(job => job.Seen)).Select(seen => seen.RunnerNumber).OfType<long>(), cancel);
        await words.LearnAsync(connection, WordsOf(batch.Values).Concat(managers.Words), batch.Values.Select(seen => seen.Tags), cancel);

        var attempts = await Attempts.ReadAsync(connection, number, batch, there, cancel);
        var changes = Changes(batch, there, managers, attempts);
        foreach (var retry in (await _table.ReadAsync(connection, instance, number, [.. attempts.Overtaken], cancel)).Values)
            changes.Add((retry, retry with { Attempt = JobAttempt.Retry }));
        if (changes.Count == 0) return 0;

        // Summed up while PostgreSQL takes in the rows.
        var summing = Task.Run(() => RollupDelta.Of(words, changes), cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await _table.WriteAsync(connection, number, changes, cancel);
        await RollupWriter.AddAsync(connection, number, await summing, cancel);
        await Activity.NoteAsync(connection, number, words, changes.ConvertAll(change => change.Now), cancel);
        await connection.NotifyAsync(new PortalEvent(PortalTopic.Jobs, instance, null), cancel);
        await transaction.CommitAsync(cancel);
        return changes.Count;
    }

    /// <summary>What is new or moved on, ascending by number.</summary>
    private static List<(StoredJob? Old, StoredJob Now)> Changes(
        SortedList<long, JobObservation> batch, Dictionary<long, StoredJob> there, ManagerMemory managers, Attempts attempts)
    {
        var changes = new List<(StoredJob? Old, StoredJob Now)>(batch.Count);
        foreach (var (job, seen) in batch)
        {
            var old = there.GetValueOrDefault(job);
            var now = StoredJob.Of(old, seen, managers, attempts);
            if (now != old) changes.Add((old, now));
        }

        return changes;
    }

    private static IEnumerable<string?> WordsOf(IEnumerable<JobObservation> batch)
    {
        yield return Executor.Unknown.Name;
        foreach (var seen in batch)
        {
            yield return seen.Executor?.ToString();
            yield return seen.FailureReason;
            yield return seen.SystemId;
            yield return seen.Stage;
            yield return seen.PipelineSource;
        }
    }
}
