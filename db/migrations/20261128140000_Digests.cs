using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>
/// Days counted again from raw rows by a sweep, for questions too fine for the rollups that recording keeps: job names,
/// refs and pipeline sources. A day is replaced as a whole, so these tables need no keys that recording would pay for.
/// </summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261128140000_Digests")]
public sealed class Digests : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- mark: what the rollups said of the day when it was counted; another one means count again.
        CREATE TABLE digest_days (
            instance smallint NOT NULL, day date NOT NULL, mark text NOT NULL, counted_at timestamptz NOT NULL, PRIMARY KEY (instance, day));

        -- ran: run times of succeeded jobs, one number a bucket of the time histogram: bucket * 2^24 + jobs.
        CREATE TABLE digest_day_job (
            project bigint NOT NULL, day date NOT NULL, executor int NOT NULL, finished int NOT NULL, failed int NOT NULL, infrastructure int NOT NULL,
            script int NOT NULL, timeout int NOT NULL, instance smallint NOT NULL, name text NOT NULL, ran int[] NOT NULL);
        CREATE INDEX digest_day_job_by_day ON digest_day_job (instance, day);

        -- managed: ran on a runner that was managed when the day was counted.
        CREATE TABLE digest_day_place (
            project bigint NOT NULL, day date NOT NULL, tag_set int NOT NULL, source int NOT NULL, executor int NOT NULL, finished int NOT NULL,
            instance smallint NOT NULL, managed boolean NOT NULL, ref text NOT NULL);
        CREATE INDEX digest_day_place_by_day ON digest_day_place (instance, day, project);

        -- One row for each job name of a project that has moved; all are written anew after each count.
        CREATE TABLE job_moves (
            instance smallint NOT NULL, project bigint NOT NULL, name text NOT NULL, moved_on date NOT NULL,
            before_finished int NOT NULL, before_failed int[] NOT NULL, before_median double precision,
            after_finished int NOT NULL, after_failed int[] NOT NULL, after_median double precision,
            beside_finished int NOT NULL, beside_failed int[] NOT NULL, beside_median double precision,
            PRIMARY KEY (instance, project, name));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "DROP TABLE job_moves, digest_day_place, digest_day_job, digest_days;");
}
