using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Jobs that will fail on Kubernetes, as scans and acknowledgements together say: predictions are read without opening any document.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130030000_BlockedJobs")]
public sealed class BlockedJobs : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE project_scan_blocked (
            instance text NOT NULL, project bigint NOT NULL, job text NOT NULL, tags text[] NOT NULL, rules text[] NOT NULL,
            PRIMARY KEY (instance, project, job),
            FOREIGN KEY (instance, project) REFERENCES project_scans ON DELETE CASCADE);

        INSERT INTO project_scan_blocked (instance, project, job, tags, rules)
        SELECT f.instance, f.project, f.job,
            coalesce((SELECT ARRAY(SELECT jsonb_array_elements_text(j -> 'tags')) FROM project_scans s CROSS JOIN jsonb_array_elements(s.jobs) j WHERE s.instance = f.instance AND s.project = f.project AND j ->> 'name' = f.job LIMIT 1), '{}'),
            f.rules
        FROM (
            SELECT s.instance, s.project, f ->> 'job' AS job, array_agg(DISTINCT f ->> 'rule' ORDER BY f ->> 'rule') AS rules
            FROM project_scans s CROSS JOIN jsonb_array_elements(s.findings) f
            WHERE s.state = 'Read' AND s.blocked > 0 AND f ->> 'severity' = 'blocks' AND f ->> 'job' IS NOT NULL
                AND NOT EXISTS (SELECT FROM finding_acknowledgements a WHERE a.instance = s.instance AND a.project = s.project AND a.rule = f ->> 'rule' AND a.job = f ->> 'job')
            GROUP BY 1, 2, 3) f;

        -- Those that people had their word on are looked at again, and counted with it.
        UPDATE project_scans s SET mark = '' WHERE EXISTS (SELECT FROM finding_acknowledgements a WHERE a.instance = s.instance AND a.project = s.project);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE project_scan_blocked;");
}
