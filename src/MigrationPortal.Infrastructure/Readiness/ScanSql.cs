using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Readiness;

/// <summary>The statements of <see cref="ScanStore"/>.</summary>
internal static class ScanSql
{
    // Of two replicas the later look wins.
    public const string Save =
        """
        INSERT INTO project_scans (instance, project, ref, at, state, problem, mark, jobs, findings, includes, job_count, blocked, score)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb, $9::jsonb, $10::jsonb, $11, $12, $13)
        ON CONFLICT (instance, project) DO UPDATE SET ref = excluded.ref, at = excluded.at, state = excluded.state, problem = excluded.problem, mark = excluded.mark,
            jobs = excluded.jobs, findings = excluded.findings, includes = excluded.includes, job_count = excluded.job_count, blocked = excluded.blocked, score = excluded.score
        """;

    // Whose templates are known by name is asked for each person's page: it must not open every scan.
    public const string Templates =
        """
        INSERT INTO ci_templates (instance, project, file)
        SELECT DISTINCT $1, i->>'project', ltrim(i->>'location', '/') FROM jsonb_array_elements($2::jsonb) i WHERE i->>'kind' IN ('file', 'component') AND i->>'project' IS NOT NULL
        ON CONFLICT DO NOTHING
        """;

    public const string Find = "SELECT project, ref, at, state, problem, mark, jobs, findings, includes FROM project_scans WHERE instance = $1 AND project = ANY ($2)";

    // Locked: whoever acknowledges a finding at this moment counts after what is saved now, or before it.
    public const string Lock = "SELECT project FROM project_scans WHERE instance = $1 AND project = $2 FOR UPDATE";

    public const string Judge = "UPDATE project_scans SET blocked = $3, score = $4 WHERE instance = $1 AND project = $2";

    public const string Said = "SELECT project, rule, job, by, at, reason FROM finding_acknowledgements WHERE instance = $1 AND project = ANY ($2) ORDER BY at";

    public const string Due =
        """
        SELECT p.number, p.default_branch FROM projects p LEFT JOIN project_scans s ON s.instance = p.instance AND s.project = p.number
        WHERE p.instance = $1 AND NOT p.archived AND p.default_branch IS NOT NULL
            AND (s.project IS NULL OR s.at < p.last_activity_at OR s.at < $2 OR s.mark <> $3 OR s.ref <> p.default_branch)
        ORDER BY (s.project IS NULL) DESC, p.last_activity_at DESC NULLS LAST, p.number LIMIT $4
        """;

    // A rule may tell one project of two things; the project counts once.
    public const string ByRule =
        """
        SELECT rule, min(CASE severity WHEN 'Blocks' THEN 0 WHEN 'Likely' THEN 1 ELSE 2 END), count(DISTINCT project)::int, sum(jobs)
        FROM project_scan_rules WHERE instance = $1 GROUP BY rule ORDER BY 3 DESC, rule
        """;

    public const string Counts =
        """
        SELECT count(*)::int, count(s.project)::int, count(*) FILTER (WHERE s.state = 'Read')::int, count(*) FILTER (WHERE s.state = 'Read' AND s.blocked = 0)::int,
            coalesce(sum(s.job_count), 0), coalesce(sum(s.blocked), 0)
        FROM projects p LEFT JOIN project_scans s ON s.instance = p.instance AND s.project = p.number WHERE p.instance = $1 AND NOT p.archived
        """;

    public const string List =
        """
        SELECT s.project, p.path, s.at, s.state, s.problem, s.job_count, s.blocked, s.score,
            ARRAY(SELECT r.rule FROM project_scan_rules r WHERE r.instance = s.instance AND r.project = s.project GROUP BY r.rule ORDER BY min(CASE r.severity WHEN 'Blocks' THEN 0 WHEN 'Likely' THEN 1 ELSE 2 END), r.rule)
        FROM project_scans s JOIN projects p ON p.instance = s.instance AND p.number = s.project
        WHERE s.instance = $1 AND NOT p.archived AND ($3::text IS NULL OR position(lower($3) IN lower(p.path)) > 0)
            AND CASE WHEN $2::text IS NULL THEN true ELSE EXISTS (SELECT FROM project_scan_rules r WHERE r.instance = s.instance AND r.project = s.project AND r.rule = $2) END
        ORDER BY s.blocked DESC, s.score, p.path COLLATE "C" LIMIT $4 OFFSET $5
        """;

    // A file that cannot be read says nothing of what was found before: what stood goes on.
    public const string EndSpans =
        """
        UPDATE finding_spans SET until = $3 WHERE instance = $1 AND project = $2 AND until IS NULL
            AND NOT EXISTS (SELECT FROM unnest($4, $5) AS now (rule, job) WHERE now.rule = finding_spans.rule AND now.job = finding_spans.job)
        """;

    public const string BeginSpans =
        """
        INSERT INTO finding_spans (instance, project, rule, job, since) SELECT $1, $2, now.rule, now.job, $3 FROM unnest($4, $5) AS now (rule, job)
        WHERE NOT EXISTS (SELECT FROM finding_spans s WHERE s.instance = $1 AND s.project = $2 AND s.rule = now.rule AND s.job = now.job AND s.until IS NULL)
        ON CONFLICT DO NOTHING
        """;

    public static void Fill(NpgsqlParameterCollection values, ProjectScan scan, ScanJudgement judged)
    {
        values.AddWithValue(scan.Project.Instance.Name);
        values.AddWithValue(scan.Project.Number);
        values.AddWithValue(scan.Ref);
        values.AddWithValue(scan.At.ToUniversalTime());
        values.AddWithValue(scan.State.ToString());
        values.Add(new NpgsqlParameter<string?> { TypedValue = scan.Problem });
        values.AddWithValue(scan.Mark);
        values.AddWithValue(StoreJson.Write(scan.Jobs));
        values.AddWithValue(StoreJson.Write(scan.Findings));
        values.AddWithValue(StoreJson.Write(scan.Includes));
        values.AddWithValue(scan.Jobs.Count);
        values.AddWithValue(judged.Blocked.Count);
        values.AddWithValue(judged.Score);
    }

    public static ProjectScan Read(InstanceId instance, NpgsqlDataReader row) => new(
        new ProjectId(instance, row.GetInt64(0)), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2), Enum.Parse<ScanState>(row.GetString(3)), row.GetTextOrNull(4),
        StoreJson.Read<List<ScannedJob>>(row.GetString(6)), StoreJson.Read<List<Finding>>(row.GetString(7)), StoreJson.Read<List<ScannedInclude>>(row.GetString(8)))
    {
        Mark = row.GetString(5),
    };
}
