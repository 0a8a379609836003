using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>What the logs of failed jobs said.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130040000_FailureVerdicts")]
public sealed class FailureVerdicts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- excerpt: lines of the log without secrets, until excerpt_until; everything else is the portal's own words.
        CREATE TABLE failure_verdicts (
            instance text NOT NULL, job bigint NOT NULL, project bigint NOT NULL, log text NOT NULL, reason text, class text NOT NULL, rule text, explanation text NOT NULL, remedy text NOT NULL,
            blame text NOT NULL, read_at timestamptz NOT NULL, excerpt text[] NOT NULL, excerpt_until timestamptz,
            PRIMARY KEY (instance, job));
        CREATE INDEX failure_verdicts_expiring ON failure_verdicts (instance, excerpt_until) WHERE excerpt_until IS NOT NULL;

        -- How the jobs of a project ended by name is asked for single projects.
        CREATE INDEX digest_day_job_by_project ON digest_day_job (instance, project, day);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP INDEX digest_day_job_by_project; DROP TABLE failure_verdicts;");
}
