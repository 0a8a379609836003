using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Where revisions that are managed elsewhere were proposed.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130200200_Exports")]
public sealed class Exports : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE cluster_applications ADD COLUMN export jsonb;");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        UPDATE cluster_applications SET state = 'Unhealthy' WHERE state = 'Cancelled';
        ALTER TABLE cluster_applications DROP COLUMN export;
        """);
}
