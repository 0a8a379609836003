using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Readiness;

/// <summary>Scans as documents, and beside them the few numbers that lists and counts need.</summary>
internal sealed class ScanStore(Database database) : IScanStore
{
    public Task SaveAsync(ProjectScan scan, CancellationToken cancel) => database.InTransactionAsync(
        async connection =>
        {
            await connection.ExecuteAsync(ScanSql.Save, values => ScanSql.Fill(values, scan, ScanJudgement.Of(scan, [])), cancel);
            await connection.ExecuteAsync("DELETE FROM project_scan_rules WHERE instance = $1 AND project = $2", values => Key(values, scan.Project), cancel);
            var rules = scan.Findings.GroupBy(finding => (finding.Rule, finding.Severity)).ToList();
            await connection.ExecuteAsync(
                "INSERT INTO project_scan_rules (instance, project, rule, severity, jobs) SELECT $1, $2, * FROM unnest($3, $4, $5)",
                values =>
                {
                    Key(values, scan.Project);
                    values.AddWithValue(rules.Select(rule => rule.Key.Rule).ToArray());
                    values.AddWithValue(rules.Select(rule => rule.Key.Severity.ToString()).ToArray());
                    values.AddWithValue(rules.Select(rule => rule.Select(finding => finding.Job).Distinct().Count()).ToArray());
                },
                cancel);
            if (scan.Includes.Any(include => include.Project is not null))
                await connection.ExecuteAsync(
                    ScanSql.Templates,
                    values =>
                    {
                        values.AddWithValue(scan.Project.Instance.Name);
                        values.AddWithValue(StoreJson.Write(scan.Includes));
                    },
                    cancel);
            await JudgeAsync(connection, scan.Project, scan, cancel);
            if (scan.State == ScanState.Read) await SpanAsync(connection, scan, cancel);
            return true;
        },
        cancel);

    private static async Task SpanAsync(NpgsqlConnection connection, ProjectScan scan, CancellationToken cancel)
    {
        var stand = scan.Findings.Where(finding => finding.Severity != Severity.Info && finding.Job is not null).Select(finding => (finding.Rule, Job: finding.Job!)).Distinct().ToList();
        foreach (var sql in (string[])[ScanSql.EndSpans, ScanSql.BeginSpans])
            await connection.ExecuteAsync(
                sql,
                values =>
                {
                    Key(values, scan.Project);
                    values.AddWithValue(scan.At.ToUniversalTime());
                    values.AddWithValue(stand.Select(one => one.Rule).ToArray());
                    values.AddWithValue(stand.Select(one => one.Job).ToArray());
                },
                cancel);
    }

    public async Task<ProjectScan?> FindAsync(ProjectId project, CancellationToken cancel) => (await FindAsync([project], cancel)).GetValueOrDefault(project);

    public async Task<IReadOnlyDictionary<ProjectId, ProjectScan>> FindAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel)
    {
        var found = new Dictionary<ProjectId, ProjectScan>();
        foreach (var group in projects.GroupBy(project => project.Instance))
            foreach (var scan in await database.QueryAsync(ScanSql.Find, values => Keys(values, group), row => ScanSql.Read(group.Key, row), cancel)) found[scan.Project] = scan;
        return found;
    }

    public async Task<IReadOnlyList<ScanSubject>> DueAsync(InstanceId instance, DateTimeOffset notSince, string mark, int limit, CancellationToken cancel) => await database.QueryAsync(
        ScanSql.Due,
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(notSince.ToUniversalTime());
            values.AddWithValue(mark);
            values.AddWithValue(limit);
        },
        row => new ScanSubject(new ProjectId(instance, row.GetInt64(0)), row.GetString(1)), cancel);

    public async Task<ReadinessCounts> CountsAsync(InstanceId instance, CancellationToken cancel)
    {
        var byRule = await database.QueryAsync(
            ScanSql.ByRule, values => values.AddWithValue(instance.Name),
            row => new RuleCount(row.GetString(0), (Severity)row.GetInt32(1), row.GetInt32(2), row.GetInt64(3)), cancel);
        return (await database.QueryAsync(
            ScanSql.Counts, values => values.AddWithValue(instance.Name),
            row => new ReadinessCounts(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt64(4), row.GetInt64(5), byRule), cancel)).Single();
    }

    public async Task<IReadOnlyList<ScannedProject>> ListAsync(InstanceId instance, string? rule, string? search, int limit, int offset, CancellationToken cancel) => await database.QueryAsync(
        ScanSql.List,
        values =>
        {
            values.AddWithValue(instance.Name);
            values.Add(new NpgsqlParameter<string?> { TypedValue = rule });
            values.Add(new NpgsqlParameter<string?> { TypedValue = search });
            values.AddWithValue(limit);
            values.AddWithValue(offset);
        },
        row => new ScannedProject(
            new ProjectId(instance, row.GetInt64(0)), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), Enum.Parse<ScanState>(row.GetString(3)), row.GetTextOrNull(4),
            row.GetInt32(5), row.GetInt32(6), row.GetInt32(7), row.GetFieldValue<string[]>(8)),
        cancel);

    public async Task<IReadOnlyList<Acknowledgement>> AcknowledgedAsync(IReadOnlyCollection<ProjectId> projects, CancellationToken cancel)
    {
        var found = new List<Acknowledgement>();
        foreach (var group in projects.GroupBy(project => project.Instance))
            found.AddRange(await database.QueryAsync(ScanSql.Said, values => Keys(values, group), row => Said(group.Key, row), cancel));
        return found;
    }

    public Task<bool> AcknowledgeAsync(Acknowledgement given, CancellationToken cancel) => SayAsync(
        given.Project, "INSERT INTO finding_acknowledgements (instance, project, rule, job, by, at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        values =>
        {
            values.AddWithValue(given.Rule);
            values.AddWithValue(given.Job);
            values.AddWithValue(ActorText.Write(given.By));
            values.AddWithValue(given.At.ToUniversalTime());
            values.AddWithValue(given.Reason);
        },
        cancel);

    public Task<bool> TakeBackAsync(ProjectId project, string rule, string job, CancellationToken cancel) => SayAsync(
        project, "DELETE FROM finding_acknowledgements WHERE instance = $1 AND project = $2 AND rule = $3 AND job = $4",
        values =>
        {
            values.AddWithValue(rule);
            values.AddWithValue(job);
        },
        cancel);

    private Task<bool> SayAsync(ProjectId project, string sql, Action<NpgsqlParameterCollection> fill, CancellationToken cancel) => database.InTransactionAsync(
        async connection =>
        {
            var isNew = await connection.ExecuteAsync(sql, values => { Key(values, project); fill(values); }, cancel) > 0;
            if (isNew) await JudgeAsync(connection, project, null, cancel);
            return isNew;
        },
        cancel);

    /// <summary>Counts anew what the project's people said of its scan.</summary>
    /// <param name="saved">As it was saved in this transaction; null: as it is stored.</param>
    private static async Task JudgeAsync(NpgsqlConnection connection, ProjectId project, ProjectScan? saved, CancellationToken cancel)
    {
        if ((await connection.QueryAsync(ScanSql.Lock, values => Key(values, project), row => row.GetInt64(0), cancel)).Count == 0) return;
        void One(NpgsqlParameterCollection values)
        {
            values.AddWithValue(project.Instance.Name);
            values.AddWithValue(new[] { project.Number });
        }

        var scan = saved ?? (await connection.QueryAsync(ScanSql.Find, One, row => ScanSql.Read(project.Instance, row), cancel)).Single();
        var judged = ScanJudgement.Of(scan, await connection.QueryAsync(ScanSql.Said, One, row => Said(project.Instance, row), cancel));
        await connection.ExecuteAsync(
            ScanSql.Judge,
            values =>
            {
                Key(values, project);
                values.AddWithValue(judged.Blocked.Count);
                values.AddWithValue(judged.Score);
            },
            cancel);
        await connection.ExecuteAsync("DELETE FROM project_scan_blocked WHERE instance = $1 AND project = $2", values => Key(values, project), cancel);
        if (scan.State != ScanState.Read) return;
        foreach (var job in judged.Blocked)
            await connection.ExecuteAsync(
                "INSERT INTO project_scan_blocked (instance, project, job, tags, rules) VALUES ($1, $2, $3, $4, $5)",
                values =>
                {
                    Key(values, project);
                    values.AddWithValue(job.Name);
                    values.AddWithValue(job.Tags.ToArray());
                    values.AddWithValue(job.Rules.ToArray());
                },
                cancel);
    }

    private static Acknowledgement Said(InstanceId instance, NpgsqlDataReader row) => new(
        new ProjectId(instance, row.GetInt64(0)), row.GetString(1), row.GetString(2), ActorText.Read(row.GetString(3)), row.GetFieldValue<DateTimeOffset>(4), row.GetString(5));

    public async Task<ReadinessSettings> SettingsAsync(InstanceId instance, CancellationToken cancel) => (await database.QueryAsync(
        "SELECT settings FROM readiness_settings WHERE instance = $1", values => values.AddWithValue(instance.Name), row => StoreJson.Read<ReadinessSettings>(row.GetString(0)), cancel)).SingleOrDefault() ?? ReadinessSettings.Default;

    public async Task<bool> SaveSettingsAsync(InstanceId instance, ReadinessSettings settings, CancellationToken cancel) => await database.ExecuteAsync(
        """
        INSERT INTO readiness_settings (instance, settings, version) VALUES ($1, $2::jsonb, $3)
        ON CONFLICT (instance) DO UPDATE SET settings = excluded.settings, version = excluded.version WHERE readiness_settings.version = excluded.version - 1
        """,
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(StoreJson.Write(settings));
            values.AddWithValue(settings.Version);
        },
        cancel) > 0;

    private static void Key(NpgsqlParameterCollection values, ProjectId project)
    {
        values.AddWithValue(project.Instance.Name);
        values.AddWithValue(project.Number);
    }

    private static void Keys(NpgsqlParameterCollection values, IGrouping<InstanceId, ProjectId> projects)
    {
        values.AddWithValue(projects.Key.Name);
        values.AddWithValue(projects.Select(project => project.Number).ToArray());
    }
}
