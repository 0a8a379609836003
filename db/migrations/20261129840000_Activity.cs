using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>What the portal does by itself is found again with what it rests on.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129840000_Activity")]
public sealed class Activity : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- The operation that the portal began by itself because of this evaluation.
        ALTER TABLE gate_evaluations ADD COLUMN operation bigint;
        CREATE INDEX gate_evaluations_decided ON gate_evaluations (operation) WHERE operation IS NOT NULL;
        CREATE INDEX guard_evaluations_by_operation ON guard_evaluations (operation) WHERE operation IS NOT NULL;
        CREATE INDEX audit_entries_automatic ON audit_entries (instance, sequence DESC) WHERE who = 'portal' OR what IN ('automation.start', 'automation.stop');
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DROP INDEX audit_entries_automatic, guard_evaluations_by_operation, gate_evaluations_decided;
        ALTER TABLE gate_evaluations DROP COLUMN operation;
        """);
}
