using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>What the rules of the fast roll back said, with the facts that it rests on.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129700000_Guard")]
public sealed class Guard : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- operation: the one that was rolled back, or that evacuates, by this evaluation.
        CREATE TABLE guard_evaluations (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, instance text NOT NULL, at timestamptz NOT NULL, act text NOT NULL, operation bigint,
            evaluation jsonb NOT NULL, facts jsonb NOT NULL);
        CREATE INDEX guard_evaluations_by_instance ON guard_evaluations (instance, id DESC);
        CREATE INDEX guard_evaluations_acted ON guard_evaluations (instance, at) WHERE operation IS NOT NULL;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE guard_evaluations;");
}
