using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>Rows of the raw table, both ways. Written by COPY alone: a row that moved on is taken out and put in again.</summary>
internal sealed class JobTable(JobWords words)
{
    public const string Columns =
        "number, project, pipeline, runner, created_at, queued_at, started_at, finished_at, tag_set, executor, executor_said, version, reason, " +
        "system, stage, source, instance, status, kind, seen_by, protected, retried, allow_failure, name, ref, attempt";

    /// <summary>The rows of these jobs that are there.</summary>
    /// <param name="numbers">Ascending.</param>
    public async Task<Dictionary<long, StoredJob>> ReadAsync(
        NpgsqlConnection connection, InstanceId instance, short number, IList<long> numbers, CancellationToken cancel)
    {
        // Bulk comes in ranges of ids that are mostly new: reading what is there of the range is then far cheaper than
        // looking each one up.
        if (numbers.Count == 0) return [];
        var dense = numbers[^1] - numbers[0] < 4L * numbers.Count;
        var found = await connection.QueryAsync(
            dense
                ? $"SELECT {Columns} FROM jobs WHERE instance = $1 AND number BETWEEN $2 AND $3"
                : $"SELECT {Columns} FROM unnest($2) AS asked (number) JOIN jobs USING (number) WHERE instance = $1",
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(dense ? (object)numbers[0] : numbers.ToArray());
                if (dense) values.AddWithValue(numbers[^1]);
            },
            RawJob.Read,
            cancel);
        if (found.Count == 0) return [];
        var asked = numbers.ToHashSet();
        var rows = found.FindAll(row => asked.Contains(row.Number));
        await words.KnowAsync(connection, rows.SelectMany(row => row.Words), rows.Select(row => row.TagSet), cancel);
        return rows.ToDictionary(row => row.Number, row => row.ToStored(instance, words));
    }

    /// <summary>In the caller's transaction.</summary>
    public async Task WriteAsync(NpgsqlConnection connection, short number, IReadOnlyList<(StoredJob? Old, StoredJob Now)> changes, CancellationToken cancel)
    {
        var replaced = changes.Where(change => change.Old is not null).Select(change => change.Now.Seen.Id.Number).ToArray();
        if (replaced.Length > 0)
            await connection.ExecuteAsync(
                "DELETE FROM jobs WHERE instance = $1 AND number = ANY ($2)",
                values =>
                {
                    values.AddWithValue(number);
                    values.AddWithValue(replaced);
                },
                cancel);
        await using var copy = await RowCopy.BeginAsync(connection, "jobs", Columns, cancel);
        foreach (var (_, job) in changes)
        {
            Write(copy, number, job);
            await copy.EndRowAsync(cancel);
        }

        await copy.CompleteAsync(cancel);
    }

    private void Write(RowCopy copy, short number, StoredJob job)
    {
        var seen = job.Seen;
        copy.StartRow();
        copy.Write(seen.Id.Number);
        copy.Write(seen.Project.Number);
        copy.Write(seen.PipelineId);
        copy.Write(seen.RunnerNumber);
        copy.Write(seen.CreatedAt);
        copy.Write(seen.QueuedAt);
        copy.Write(seen.StartedAt);
        copy.Write(seen.FinishedAt);
        copy.Write(words[seen.Tags]);
        copy.Write(words[job.Executor.ToString()]);
        copy.Write(words[seen.Executor?.ToString()]);
        copy.Write(words[job.Version]);
        copy.Write(words[seen.FailureReason]);
        copy.Write(words[seen.SystemId]);
        copy.Write(words[seen.Stage]);
        copy.Write(words[seen.PipelineSource]);
        copy.Write(number);
        copy.Write((short)seen.Status);
        copy.Write((short)job.Kind);
        copy.Write((short)seen.Source);
        copy.Write(seen.Protected);
        copy.Write(seen.Retried);
        copy.Write(seen.AllowFailure);
        copy.Write(seen.Name);
        copy.Write(seen.Ref);
        copy.Write((short)job.Attempt);
    }

    /// <summary>A row with the numbers still in it: those of other replicas may have to be read first.</summary>
    private sealed record RawJob(
        long Number, long Project, long? Pipeline, long? Runner, DateTimeOffset?[] Times, int TagSet, int[] Words,
        JobStatus Status, JobSource SeenBy, bool?[] Flags, string Name, string? Ref, JobAttempt Attempt)
    {
        public static RawJob Read(NpgsqlDataReader row) => new(
            row.GetInt64(0), row.GetInt64(1), row.GetOrNull<long>(2), row.GetOrNull<long>(3),
            [row.GetOrNull<DateTimeOffset>(4), row.GetOrNull<DateTimeOffset>(5), row.GetOrNull<DateTimeOffset>(6), row.GetOrNull<DateTimeOffset>(7)],
            row.GetInt32(8),
            [row.GetInt32(9), row.GetInt32(10), row.GetInt32(11), row.GetInt32(12), row.GetInt32(13), row.GetInt32(14), row.GetInt32(15)],
            (JobStatus)row.GetInt16(17), (JobSource)row.GetInt16(19),
            [row.GetOrNull<bool>(20), row.GetOrNull<bool>(21), row.GetOrNull<bool>(22)],
            row.GetString(23), row.GetTextOrNull(24), (JobAttempt)row.GetInt16(25));

        public StoredJob ToStored(InstanceId instance, JobWords words) => new(
            new JobObservation(
                new JobId(instance, Number), new ProjectId(instance, Project), Status, SeenBy, Name, words.Word(Words[5]), Ref, Flags[0],
                words.Word(Words[6]), Pipeline, words.Tags(TagSet), Times[0], Times[1], Times[2], Times[3], Runner, words.Word(Words[4]),
                words.Word(Words[1]) is { } said ? new Executor(said) : null, words.Word(Words[3]), Flags[1], Flags[2]),
            new Executor(words.Word(Words[0]) ?? "unknown"), words.Word(Words[2]), Attempt);
    }
}
