using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Cohorts;

internal sealed class LogSampleStore(Database database, InstanceNumbers instances, IInstanceStore marks) : ILogSamples
{
    private static readonly string Failed =
        $"""
        SELECT j.number, j.project, w.word FROM jobs j JOIN words w ON w.id = j.executor
        WHERE j.instance = $1 AND j.status = {(int)JobStatus.Failed} AND j.attempt <> {(int)JobAttempt.Retry} AND j.finished_at >= $2 AND j.finished_at < $3 AND w.word = ANY ($4)
            AND j.runner IN (SELECT s.number FROM runner_standings s WHERE s.instance = $5 AND s.managed)
        """;

    // Of both executors in turn and of no one time of day first: what is read while the budget lasts is a sample as well.
    private const string Unread =
        """
        SELECT s.job, s.project, w.word FROM log_sample_jobs s LEFT JOIN jobs j ON j.instance = $2 AND j.number = s.job LEFT JOIN words w ON w.id = j.reason
        WHERE s.instance = $1 AND s.day > (SELECT max(day) FROM log_sample_days WHERE instance = $1) - 31
            AND NOT EXISTS (SELECT FROM failure_verdicts v WHERE v.instance = s.instance AND v.job = s.job)
        ORDER BY s.day DESC, row_number() OVER (PARTITION BY s.day, s.executor ORDER BY md5(s.job::text)), s.executor LIMIT $3
        """;

    private const string Cells =
        """
        SELECT s.executor, coalesce(w.word, v.reason), v.log, v.blame, count(*)
        FROM log_sample_jobs s LEFT JOIN failure_verdicts v ON v.instance = s.instance AND v.job = s.job LEFT JOIN jobs j ON j.instance = $2 AND j.number = s.job LEFT JOIN words w ON w.id = j.reason
        WHERE s.instance = $1 AND s.day >= $3 AND s.day < $4 GROUP BY 1, 2, 3, 4
        """;

    public async Task<string> SeedAsync(InstanceId instance, CancellationToken cancel)
    {
        await database.ExecuteAsync(
            "INSERT INTO log_sample_seeds (instance, seed) VALUES ($1, $2) ON CONFLICT DO NOTHING",
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(KeyedHash.NewSeed());
            },
            cancel);
        return (await database.QueryAsync("SELECT seed FROM log_sample_seeds WHERE instance = $1", values => values.AddWithValue(instance.Name), row => row.GetString(0), cancel)).Single();
    }

    public async Task<IReadOnlyList<DateOnly>> DrawnAsync(InstanceId instance, DateOnly from, CancellationToken cancel) =>
        [.. (await DaysAsync(instance, from, DateOnly.MaxValue, cancel)).Select(one => one.Day)];

    public async Task<IReadOnlyList<FailedId>> FailedAsync(InstanceId instance, DateOnly day, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        var begin = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        // Of a day that is read in part a draw would be another one later.
        if (HistoryMark.CompleteSince(await HistoryMark.ReadAsync(marks, instance, cancel), new TimeWindow(begin, begin.AddDays(1))) > begin) return [];
        return await database.QueryAsync(
            Failed,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(begin);
                values.AddWithValue(begin.AddDays(1));
                values.AddWithValue((string[])[.. ExecutorNames.Of(ExecutorFamily.Docker), .. ExecutorNames.Of(ExecutorFamily.Kubernetes)]);
                values.AddWithValue(instance.Name);
            },
            row => new FailedId(row.GetInt64(0), row.GetInt64(1), new Executor(row.GetString(2)).Family), cancel);
    }

    public async Task SaveAsync(InstanceId instance, SampleDay day, IReadOnlyList<FailedId> drawn, CancellationToken cancel) => await database.InTransactionAsync(
        async connection =>
        {
            var first = await connection.ExecuteAsync(
                "INSERT INTO log_sample_days (instance, day, each, docker_failed, kubernetes_failed, drawn_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
                values =>
                {
                    Day(values, instance, day.Day);
                    values.AddWithValue(day.Each);
                    values.AddWithValue(day.DockerFailed);
                    values.AddWithValue(day.KubernetesFailed);
                    values.AddWithValue(day.DrawnAt.ToUniversalTime());
                },
                cancel);
            if (first == 0) return 0;
            return await connection.ExecuteAsync(
                "INSERT INTO log_sample_jobs (instance, day, job, project, executor) SELECT $1, $2, * FROM unnest($3, $4, $5) ON CONFLICT DO NOTHING",
                values =>
                {
                    Day(values, instance, day.Day);
                    values.AddWithValue(drawn.Select(one => one.Job).ToArray());
                    values.AddWithValue(drawn.Select(one => one.Project).ToArray());
                    values.AddWithValue(drawn.Select(one => one.Executor.ToString()).ToArray());
                },
                cancel);
        },
        cancel);

    public async Task<IReadOnlyList<(JobId Job, ProjectId Project, string? Reason)>> UnreadAsync(InstanceId instance, int limit, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        return await database.QueryAsync(
            Unread,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(number);
                values.AddWithValue(limit);
            },
            row => (new JobId(instance, row.GetInt64(0)), new ProjectId(instance, row.GetInt64(1)), row.GetTextOrNull(2)), cancel);
    }

    public async Task<IReadOnlyList<SampleCell>> CellsAsync(InstanceId instance, DateOnly from, DateOnly until, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        return await database.QueryAsync(
            Cells,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(number);
                values.AddWithValue(from);
                values.AddWithValue(until);
            },
            row => new SampleCell(
                Enum.Parse<ExecutorFamily>(row.GetString(0)), row.GetTextOrNull(1), row.GetTextOrNull(2) is { } log ? Enum.Parse<LogState>(log) : null,
                row.GetTextOrNull(3) is { } blame ? Enum.Parse<FailureBlame>(blame) : FailureBlame.Unknown, row.GetInt64(4)), cancel);
    }

    public async Task<IReadOnlyList<SampleDay>> DaysAsync(InstanceId instance, DateOnly from, DateOnly until, CancellationToken cancel) => await database.QueryAsync(
        "SELECT day, each, docker_failed, kubernetes_failed, drawn_at FROM log_sample_days WHERE instance = $1 AND day >= $2 AND day < $3 ORDER BY day",
        values =>
        {
            Day(values, instance, from);
            values.AddWithValue(until);
        },
        row => new SampleDay(row.GetFieldValue<DateOnly>(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetFieldValue<DateTimeOffset>(4)), cancel);

    private static void Day(NpgsqlParameterCollection values, InstanceId instance, DateOnly day)
    {
        values.AddWithValue(instance.Name);
        values.AddWithValue(day);
    }
}
