using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>The break-glass script of each operation, stored when it begins.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261124110000_BreakGlass")]
public sealed class BreakGlass : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE break_glass_scripts (
            operation_id bigint NOT NULL, script text NOT NULL,
            CONSTRAINT pk_break_glass_scripts PRIMARY KEY (operation_id),
            CONSTRAINT fk_break_glass_scripts_operations_operation_id FOREIGN KEY (operation_id) REFERENCES operations (id) ON DELETE CASCADE);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE break_glass_scripts;");
}
