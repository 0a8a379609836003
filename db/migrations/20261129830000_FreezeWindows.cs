using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Times in which nothing flips by itself, and the scheduled flips that one holds.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129830000_FreezeWindows")]
public sealed class FreezeWindows : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- starts, ends: by the wall clock of time_zone.
        CREATE TABLE freeze_windows (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, instance text NOT NULL, name text NOT NULL, starts timestamp NOT NULL, ends timestamp NOT NULL CHECK (ends > starts), time_zone text NOT NULL,
            recurrence text, except_starts timestamp[] NOT NULL, uid text NOT NULL, ended_at timestamptz, version bigint NOT NULL, UNIQUE (instance, uid));
        ALTER TABLE scheduled_flips ADD COLUMN held_until timestamptz, ADD COLUMN held_by text;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE scheduled_flips DROP COLUMN held_until, DROP COLUMN held_by; DROP TABLE freeze_windows;");
}
