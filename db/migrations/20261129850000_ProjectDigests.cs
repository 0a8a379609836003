using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Digests for projects: what a channel's last one reached to, in the instance's time.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129850000_ProjectDigests")]
public sealed class ProjectDigests : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE notice_channels ADD COLUMN digested_until timestamptz;");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE notice_channels DROP COLUMN digested_until;");
}
