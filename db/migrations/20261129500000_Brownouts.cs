using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>The few operations that are brownouts, found each second: whether one still owes a tag.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129500000_Brownouts")]
public sealed class Brownouts : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("CREATE INDEX ix_operations_brownouts ON operations (instance, id) WHERE head ? 'brownout';");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP INDEX ix_operations_brownouts;");
}
