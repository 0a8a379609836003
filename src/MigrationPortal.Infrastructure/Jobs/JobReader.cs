using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Jobs;

internal sealed class JobReader(Database database, InstanceNumbers instances, JobWords words, IInstanceStore marks) : IJobReader
{
    private static readonly short[] Resting = [(short)JobStatus.Created, (short)JobStatus.Scheduled, (short)JobStatus.Manual];

    private readonly JobRows _rows = new(database, words);
    private readonly FinishedJobs _finished = new(database, words);
    private readonly TagCensus _tags = new(database, words);

    public async Task<IReadOnlyList<JobRow>> FindAsync(JobFilter filter, int limit, long? before, CancellationToken cancel)
    {
        var where = Narrow(await OfAsync(filter.Instance, cancel), filter);
        if (before is not null) where.And("j.number < {0}", before);
        if (filter.Finished is { } finished) where.And("j.finished_at >= {0}", finished.From).And("j.finished_at < {0}", finished.To);
        return await _rows.ReadAsync(filter.Instance, where, "j.number DESC", limit, cancel);
    }

    public async Task<FinishedPage> FinishedAsync(JobFilter filter, int limit, JobMark? after, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(filter.Instance, cancel);
        SqlWhere Filtered() => Narrow(new SqlWhere().And("j.instance = {0}", number).And(filter.Status is null ? "j.status IN (10, 11)" : "true"), filter);
        return await _finished.ReadAsync(filter, number, Filtered, limit, after, cancel);
    }

    public async Task<DateTimeOffset?> KeptSinceAsync(InstanceId instance, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        return (await database.QueryAsync("SELECT max(since) FROM jobs_kept WHERE instance = $1", values => values.AddWithValue(number), row => row.GetOrNull<DateTimeOffset>(0), cancel)).Single();
    }

    public async Task<IReadOnlyList<JobRow>> PendingAsync(InstanceId instance, int limit, CancellationToken cancel) =>
        await _rows.ReadAsync(
            instance, (await OfAsync(instance, cancel)).And("j.status = {0}", (short)JobStatus.Pending), "coalesce(j.queued_at, j.created_at), j.number", limit, cancel);

    public async Task<long> PendingCountAsync(InstanceId instance, CancellationToken cancel)
    {
        var where = (await OfAsync(instance, cancel)).And("j.status = {0}", (short)JobStatus.Pending).And("j.status < 10");
        return (await database.QueryAsync($"SELECT count(*) FROM jobs j WHERE {where}", where.Fill, row => row.GetInt64(0), cancel)).Single();
    }

    public async Task<IReadOnlyList<(long Job, ProjectId Project)>> UnfinishedAsync(
        InstanceId instance, DateTimeOffset movingSince, DateTimeOffset restingSince, int limit, CancellationToken cancel)
    {
        var where = (await OfAsync(instance, cancel)).And("j.status < 10")
            .And("j.created_at >= {0}", movingSince < restingSince ? movingSince : restingSince);
        where.And($"j.created_at >= CASE WHEN j.status = ANY ({where.Value(Resting)}) THEN {where.Value(restingSince)} ELSE {where.Value(movingSince)} END");
        return await database.QueryAsync(
            $"SELECT number, project FROM jobs j WHERE {where} ORDER BY number DESC LIMIT {where.Value(limit)}",
            where.Fill, row => (row.GetInt64(0), new ProjectId(instance, row.GetInt64(1))), cancel);
    }

    public async Task<IReadOnlyList<(long? Runner, long Job, ProjectId Project)>> WithoutReasonAsync(InstanceId instance, int limit, CancellationToken cancel)
    {
        var where = (await OfAsync(instance, cancel)).And("j.kind = 7");
        return await database.QueryAsync(
            $"SELECT runner, number, project FROM jobs j WHERE {where} ORDER BY number DESC LIMIT {where.Value(limit)}",
            where.Fill, row => (row.GetOrNull<long>(0), row.GetInt64(1), new ProjectId(instance, row.GetInt64(2))), cancel);
    }

    public async Task<IReadOnlyDictionary<RunnerId, IReadOnlyList<HourCount>>> PerRunnerAsync(InstanceId instance, TimeWindow window, CancellationToken cancel)
    {
        var rows = await database.QueryAsync(
            """
            SELECT runner, hour, sum(jobs)::bigint, coalesce(sum(jobs) FILTER (WHERE kind <> 0), 0)::bigint FROM rollup_hour_runner
            WHERE instance = $1 AND hour >= date_trunc('hour', $2) AND hour < $3
            GROUP BY runner, hour HAVING sum(jobs) > 0 ORDER BY runner, hour
            """,
            await WindowOf(instance, window, cancel),
            row => (Runner: new RunnerId(instance, row.GetInt64(0)), Count: new HourCount(row.GetFieldValue<DateTimeOffset>(1), row.GetInt64(2), row.GetInt64(3))),
            cancel);
        return rows.GroupBy(row => row.Runner, row => row.Count).ToDictionary(runner => runner.Key, runner => (IReadOnlyList<HourCount>)[.. runner]);
    }

    public async Task<IReadOnlyDictionary<ProjectId, LastRun>> LastRunsAsync(
        InstanceId instance, IReadOnlyCollection<ProjectId> projects, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        return (await database.QueryAsync(
            """
            SELECT a.project, a.number, a.started_at, w.word, a.runner FROM project_activity a JOIN words w ON w.id = a.executor
            WHERE a.instance = $1 AND a.project = ANY ($2)
            """,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(projects.Select(project => project.Number).ToArray());
            },
            row => (
                Project: new ProjectId(instance, row.GetInt64(0)),
                Run: new LastRun(row.GetInt64(1), row.GetFieldValue<DateTimeOffset>(2), new Executor(row.GetString(3)), row.GetOrNull<long>(4))),
            cancel)).ToDictionary(row => row.Project, row => row.Run);
    }

    public async Task<IReadOnlyList<TagUse>> TagsAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) =>
        await _tags.ReadAsync(
            instance, await instances.NumberAsync(instance, cancel), window, HistoryMark.CompleteSince(await HistoryMark.ReadAsync(marks, instance, cancel), window), cancel);

    private static SqlWhere Narrow(SqlWhere where, JobFilter filter)
    {
        if (filter.Project is { } project) where.And("j.project = {0}", project.Number);
        if (filter.Runner is { } runner) where.And("j.runner = {0}", runner);
        if (filter.Status is { } status) where.And("j.status = {0}", (short)status);
        if (filter.Kind is { } kind) where.And("j.kind = {0}", (short)kind);
        if (filter.Executor is { } family) where.And("j.executor IN (SELECT id FROM words WHERE word = ANY ({0}))", ExecutorNames.Of(family));
        if (filter.Reason is { } reason) where.And(JobWords.In("j.reason", where, reason)).And("j.kind <> 0");
        if (filter.RunnerVersion is { } version) where.And(JobWords.In("j.version", where, version));
        if (filter.ManagedOnly) where.And("j.runner IN (SELECT s.number FROM runner_standings s WHERE s.instance = {0} AND s.managed)", filter.Instance.Name);
        if (filter.FirstAttempts) where.And("j.attempt <> 2");
        if (filter.Name is { } name) where.And("j.name = {0}", name);
        if (filter.Started is { } started) where.And("j.started_at >= {0}", started.From).And("j.started_at < {0}", started.To);
        if (filter.Tag is { } tag) where.And(Tagged("j.tag_set", tag), tag);
        return where;
    }

    /// <summary>A condition with the place of the tag; an empty one asks for untagged jobs.</summary>
    internal static string Tagged(string column, string tag) =>
        $"{column} IN (SELECT id FROM tag_sets WHERE {(tag.Length == 0 ? "tags = '{{}}'" : "{0} = ANY (tags)")})";

    private async Task<SqlWhere> OfAsync(InstanceId instance, CancellationToken cancel) =>
        new SqlWhere().And("j.instance = {0}", await instances.NumberAsync(instance, cancel));

    private async Task<Action<Npgsql.NpgsqlParameterCollection>> WindowOf(InstanceId instance, TimeWindow window, CancellationToken cancel)
    {
        var number = await instances.NumberAsync(instance, cancel);
        return values =>
        {
            values.AddWithValue(number);
            values.AddWithValue(window.From.ToUniversalTime());
            values.AddWithValue(window.To.ToUniversalTime());
        };
    }
}
