using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>What becomes of a scheduled flip that could not begin in time.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129510000_MissedFlips")]
public sealed class MissedFlips : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE scheduled_flips ADD COLUMN missed text NOT NULL DEFAULT 'Ask', ADD COLUMN missed_at timestamptz, ADD COLUMN missed_why text;
        ALTER TABLE scheduled_flips ALTER COLUMN missed DROP DEFAULT;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("ALTER TABLE scheduled_flips DROP COLUMN missed, DROP COLUMN missed_at, DROP COLUMN missed_why;");
}
