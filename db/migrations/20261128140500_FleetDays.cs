using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>
/// How many unmanaged docker+machine runners each owner had on each UTC day. Runners' history knows their attributes, not
/// since when somebody manages them, so a day's count cannot be made afterwards.
/// </summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261128140500_FleetDays")]
public sealed class FleetDays : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- A day with none has one row with an empty owner: watched, and zero.
        CREATE TABLE unmanaged_days (
            instance smallint NOT NULL, day date NOT NULL, owner text NOT NULL, runners int NOT NULL, PRIMARY KEY (instance, day, owner));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE unmanaged_days;");
}
