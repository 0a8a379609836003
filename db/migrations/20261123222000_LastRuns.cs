using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>
/// An index of jobs by project made recording almost half as fast, for one question that pages ask all the time: where
/// did a project's last job run? That answer now has a small table; lists of a project's jobs read back by number.
/// </summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261123222000_LastRuns")]
public sealed class LastRuns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE project_activity (
            instance smallint NOT NULL, project bigint NOT NULL, number bigint NOT NULL, started_at timestamptz NOT NULL,
            executor int NOT NULL, runner bigint,
            PRIMARY KEY (instance, project));
        INSERT INTO project_activity
        SELECT DISTINCT ON (instance, project) instance, project, number, started_at, executor, runner
        FROM jobs WHERE started_at IS NOT NULL ORDER BY instance, project, number DESC;
        DROP INDEX jobs_by_project;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE INDEX jobs_by_project ON jobs (instance, project, number);
        DROP TABLE project_activity;
        """);
}
