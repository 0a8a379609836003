using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>What owners say becomes of their docker runners.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130010000_OwnerAnswers")]
public sealed class OwnerAnswers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE owner_answers (
            instance text NOT NULL, runner bigint NOT NULL, says text NOT NULL CHECK (says IN ('Done', 'Keep')), reason text, who text NOT NULL, at timestamptz NOT NULL,
            PRIMARY KEY (instance, runner), CHECK (says <> 'Keep' OR reason IS NOT NULL));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE owner_answers;");
}
