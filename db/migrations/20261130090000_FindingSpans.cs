using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>From when to when a finding stood: a scan is replaced by the next one, and whether a rule was right is known only later.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130090000_FindingSpans")]
public sealed class FindingSpans : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE finding_spans (
            instance text NOT NULL, project bigint NOT NULL, rule text NOT NULL, job text NOT NULL, since timestamptz NOT NULL, until timestamptz,
            PRIMARY KEY (instance, project, rule, job, since));

        INSERT INTO finding_spans (instance, project, rule, job, since)
        SELECT DISTINCT s.instance, s.project, f ->> 'rule', f ->> 'job', s.at
        FROM project_scans s CROSS JOIN jsonb_array_elements(s.findings) f
        WHERE s.state = 'Read' AND f ->> 'severity' IN ('blocks', 'likely') AND f ->> 'job' IS NOT NULL;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE finding_spans;");
}
