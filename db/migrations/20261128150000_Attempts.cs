using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>
/// First attempts are told from retries, in raw rows and in rollups (attempt: 0 not known, 1 first, 2 retry); runners get a
/// rollup by day. One BRIN index over both times answers as well as one each, at half the calls for each row recorded.
/// Rollup rows are rewritten with every batch: room in their pages keeps those rewrites out of the indexes.
/// </summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261128150000_Attempts")]
public sealed class Attempts : Migration
{
    private static readonly string[] Results = ["rollup_hour_result", "rollup_hour_runner", "rollup_day_project", "rollup_day_reason", "rollup_day_tags"];

    private static readonly string[] Rewritten = [.. Results, "rollup_hour_start", "rollup_day_class", "rollup_day_runner", "project_activity"];

    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            CREATE INDEX jobs_by_time ON jobs USING brin (finished_at, created_at) WITH (pages_per_range = 32);
            DROP INDEX jobs_by_finish;
            DROP INDEX jobs_by_creation;
            CREATE INDEX jobs_by_pipeline ON jobs (instance, pipeline);
            ALTER TABLE jobs ADD COLUMN attempt smallint NOT NULL DEFAULT 0;
            UPDATE jobs SET attempt = CASE WHEN number = lowest THEN 1 ELSE 2 END
                FROM (SELECT instance, pipeline, name, min(number) AS lowest FROM jobs WHERE pipeline IS NOT NULL GROUP BY 1, 2, 3) AS first
                WHERE jobs.instance = first.instance AND jobs.pipeline = first.pipeline AND jobs.name = first.name;
            ALTER TABLE jobs ALTER COLUMN attempt DROP DEFAULT;
            """);
        foreach (var table in Results) migrationBuilder.Sql($"ALTER TABLE {table} ADD COLUMN retries bigint NOT NULL DEFAULT 0;");
        migrationBuilder.Sql(
            """
            CREATE TABLE rollup_day_runner (
                instance smallint NOT NULL, day date NOT NULL, runner bigint NOT NULL, version int NOT NULL, executor int NOT NULL, kind smallint NOT NULL,
                jobs bigint NOT NULL, retries bigint NOT NULL,
                PRIMARY KEY (instance, day, runner, version, executor, kind));
            CREATE TEMPORARY TABLE retry ON COMMIT DROP AS
                SELECT instance, finished_at, (finished_at AT TIME ZONE 'UTC')::date AS day, date_trunc('hour', finished_at) AS hour, project, runner, version, executor, reason, tag_set, kind
                FROM jobs WHERE attempt = 2 AND status IN (10, 11) AND finished_at IS NOT NULL;
            UPDATE rollup_hour_result r SET retries = many FROM (SELECT instance, hour, executor, kind, count(*) AS many FROM retry GROUP BY 1, 2, 3, 4) AS one
                WHERE (r.instance, r.hour, r.executor, r.kind) = (one.instance, one.hour, one.executor, one.kind);
            UPDATE rollup_hour_runner r SET retries = many FROM (SELECT instance, hour, runner, version, executor, kind, count(*) AS many FROM retry GROUP BY 1, 2, 3, 4, 5, 6) AS one
                WHERE (r.instance, r.hour, r.runner, r.version, r.executor, r.kind) = (one.instance, one.hour, one.runner, one.version, one.executor, one.kind);
            UPDATE rollup_day_project r SET retries = many FROM (SELECT instance, day, project, executor, kind, count(*) AS many FROM retry GROUP BY 1, 2, 3, 4, 5) AS one
                WHERE (r.instance, r.day, r.project, r.executor, r.kind) = (one.instance, one.day, one.project, one.executor, one.kind);
            UPDATE rollup_day_reason r SET retries = many
                FROM (SELECT instance, day, executor, CASE kind WHEN 0 THEN 0 ELSE reason END AS reason, kind, count(*) AS many FROM retry GROUP BY 1, 2, 3, 4, 5) AS one
                WHERE (r.instance, r.day, r.executor, r.reason, r.kind) = (one.instance, one.day, one.executor, one.reason, one.kind);
            UPDATE rollup_day_tags r SET retries = many FROM (SELECT instance, day, tag_set, executor, kind, count(*) AS many FROM retry GROUP BY 1, 2, 3, 4, 5) AS one
                WHERE (r.instance, r.day, r.tag_set, r.executor, r.kind) = (one.instance, one.day, one.tag_set, one.executor, one.kind);
            INSERT INTO rollup_day_runner
                SELECT instance, (hour AT TIME ZONE 'UTC')::date, runner, version, executor, kind, sum(jobs), sum(retries) FROM rollup_hour_runner GROUP BY 1, 2, 3, 4, 5, 6;
            """);
        foreach (var table in Results) migrationBuilder.Sql($"ALTER TABLE {table} ALTER COLUMN retries DROP DEFAULT;");
        foreach (var table in Rewritten) migrationBuilder.Sql($"ALTER TABLE {table} SET (fillfactor = 50);");
    }

    protected override void Down(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql(
            """
            DROP TABLE rollup_day_runner;
            ALTER TABLE jobs DROP COLUMN attempt;
            DROP INDEX jobs_by_pipeline;
            CREATE INDEX jobs_by_finish ON jobs USING brin (finished_at) WITH (pages_per_range = 32);
            CREATE INDEX jobs_by_creation ON jobs USING brin (created_at) WITH (pages_per_range = 32);
            DROP INDEX jobs_by_time;
            """);
        foreach (var table in Results) migrationBuilder.Sql($"ALTER TABLE {table} DROP COLUMN retries;");
        foreach (var table in Rewritten.Where(one => one != "rollup_day_runner")) migrationBuilder.Sql($"ALTER TABLE {table} RESET (fillfactor);");
    }
}
