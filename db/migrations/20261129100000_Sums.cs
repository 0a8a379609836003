using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>
/// Sums over the ranges that pages ask for, written by the digest sweep: adding up the days of ten million jobs took pages
/// seconds. Sums of job classes are told apart from what recording changed since; sums of places are as old as their days.
/// </summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129100000_Sums")]
public sealed class Sums : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- How often recording has changed a day of rollup_day_class: sums over days hold while these have not grown.
        CREATE TABLE class_days (instance smallint NOT NULL, day date NOT NULL, changes bigint NOT NULL, PRIMARY KEY (instance, day)) WITH (fillfactor = 50);
        CREATE TABLE class_summed (
            instance smallint PRIMARY KEY, generation bigint NOT NULL, first date NOT NULL, last date NOT NULL, changes bigint NOT NULL);
        -- The generation before the newest stays: a page may have begun with it.
        CREATE TABLE class_sums (
            project bigint NOT NULL, jobs bigint NOT NULL, generation bigint NOT NULL, tag_set int NOT NULL, instance smallint NOT NULL, protected smallint NOT NULL);

        -- Sums of digest_day_place over so many days before today and today, as they were counted last.
        CREATE TABLE digest_summed (instance smallint PRIMARY KEY, today date NOT NULL, counted_at timestamptz NOT NULL);
        CREATE TABLE digest_places (
            project bigint NOT NULL, tag_set int NOT NULL, source int NOT NULL, executor int NOT NULL, finished_7 int NOT NULL, finished_14 int NOT NULL,
            finished_30 int NOT NULL, last_day date NOT NULL, instance smallint NOT NULL, managed boolean NOT NULL, ref text NOT NULL);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        "DROP TABLE class_days, class_summed, class_sums, digest_summed, digest_places;");
}
