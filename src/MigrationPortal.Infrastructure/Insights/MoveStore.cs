using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Insights;

/// <summary>
/// Finds the moves of all job names in the digest once a count, because a page could not: the rule reads each name's days.
/// They stream by in order, one name in memory at a time.
/// </summary>
internal sealed class MoveStore(Database database, InstanceNumbers instances, JobWords words, IInstanceStore marks)
{
    private const string Into =
        "COPY job_moves (instance, project, name, moved_on, before_finished, before_failed, before_median, after_finished, after_failed, after_median, " +
        "beside_finished, beside_failed, beside_median) FROM STDIN (FORMAT BINARY)";

    /// <returns>How many names have moved, as far back as every job is read.</returns>
    public async Task<int> FindAsync(InstanceId instance, DateOnly since, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        since = await WholeSinceAsync(instance, since, cancel);
        await database.InConnectionAsync(connection => words.LearnAsync(connection, ExecutorNames.Of(ExecutorFamily.Kubernetes), [], cancel), cancel);
        var found = await database.InTransactionAsync(
            async connection =>
            {
                await connection.LockAsync($"digest:{instance}", cancel);
                var moves = await ReadAsync(connection, instance, number, since, cancel);
                await connection.ExecuteAsync("DELETE FROM job_moves WHERE instance = $1", values => values.AddWithValue(number), cancel);
                await using var importer = await connection.BeginBinaryImportAsync(Into, cancel);
                foreach (var move in moves)
                {
                    await importer.StartRowAsync(cancel);
                    await importer.WriteAsync(number, NpgsqlDbType.Smallint, cancel);
                    await importer.WriteAsync(move.Project.Number, NpgsqlDbType.Bigint, cancel);
                    await importer.WriteAsync(move.Name, NpgsqlDbType.Text, cancel);
                    await importer.WriteAsync(move.MovedOn, NpgsqlDbType.Date, cancel);
                    foreach (var side in (JobSide[])[move.Before, move.After, move.Beside]) await WriteAsync(importer, side, cancel);
                }
                await importer.CompleteAsync(cancel);
                return moves.Count;
            },
            cancel);
        // Days are replaced in bulk: plans made from what was there before took a minute instead of a second.
        await database.ExecuteAsync("ANALYZE digest_day_job, digest_day_place, job_moves", _ => { }, cancel);
        return found;
    }

    // Of days not read whole the failed jobs are known before the others: they would look worse than they were.
    private async Task<DateOnly> WholeSinceAsync(InstanceId instance, DateOnly since, CancellationToken cancel)
    {
        var window = new TimeWindow(new DateTimeOffset(since, TimeOnly.MinValue, TimeSpan.Zero), DateTimeOffset.MaxValue.AddDays(-1));
        var whole = HistoryMark.CompleteSince(await HistoryMark.ReadAsync(marks, instance, cancel), window);
        return DigestReading.Day(whole <= window.From ? window.From : whole.AddDays(1).AddTicks(-1));
    }

    // A name without any job on Kubernetes has not moved: most of them, for most of the migration.
    private async Task<List<JobMove>> ReadAsync(NpgsqlConnection connection, InstanceId instance, short number, DateOnly since, CancellationToken cancel)
    {
        var (moves, days, key) = (new List<JobMove>(), new List<JobDay>(), (Project: 0L, Name: ""));
        void Finish()
        {
            if (days.Count > 0 && MoveFinder.Find(new ProjectId(instance, key.Project), key.Name, days) is { } move) moves.Add(move);
            days.Clear();
        }

        await connection.EachAsync(
            """
            SELECT d.project, d.name, d.day, w.word, d.finished, d.failed, d.infrastructure, d.script, d.timeout, d.ran
            FROM digest_day_job d JOIN words w ON w.id = d.executor
            WHERE d.instance = $1 AND d.day >= $2 AND (d.project, d.name) IN (SELECT project, name FROM digest_day_job WHERE instance = $1 AND day >= $2 AND executor = ANY ($3))
            ORDER BY d.project, d.name COLLATE "C", d.day
            """,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(since);
                values.AddWithValue(ExecutorNames.Of(ExecutorFamily.Kubernetes).Select(name => words[name]).ToArray());
            },
            row =>
            {
                var (project, name) = (row.GetInt64(0), row.GetString(1));
                if (key != (project, name)) Finish();
                key = (project, name);
                days.Add(new JobDay(
                    row.GetFieldValue<DateOnly>(2), new Executor(row.GetString(3)).Family, row.GetInt32(4),
                    new FailureCounts(row.GetInt32(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8)),
                    Array.ConvertAll(row.GetFieldValue<int[]>(9), one => (one >> 24, (long)(one & 0xFFFFFF)))));
            },
            cancel);
        Finish();
        return moves;
    }

    private static async Task WriteAsync(NpgsqlBinaryImporter importer, JobSide side, CancellationToken cancel)
    {
        await importer.WriteAsync((int)side.Finished, NpgsqlDbType.Integer, cancel);
        await importer.WriteAsync(
            new[] { side.Failed.All, side.Failed.Infrastructure, side.Failed.Script, side.Failed.Timeout }.Select(one => (int)one).ToArray(),
            NpgsqlDbType.Array | NpgsqlDbType.Integer, cancel);
        if (side.MedianSeconds is { } median) await importer.WriteAsync(median, NpgsqlDbType.Double, cancel);
        else await importer.WriteNullAsync(cancel);
    }
}
