using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Who approved which plan.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129800000_Approvals")]
public sealed class Approvals : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE plan_approvals (plan bigint NOT NULL, actor text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (plan, actor));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE plan_approvals;");
}
