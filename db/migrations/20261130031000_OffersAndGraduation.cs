using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>When projects with jobs that will fail were asked last, and an admin's word that moved projects graduate by themselves.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130031000_OffersAndGraduation")]
public sealed class OffersAndGraduation : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE remedy_offers (
            instance text NOT NULL, project bigint NOT NULL, people bigint[] NOT NULL, at timestamptz NOT NULL, by text NOT NULL, times int NOT NULL, PRIMARY KEY (instance, project));

        CREATE TABLE graduations (instance text PRIMARY KEY, most_open int NOT NULL CHECK (most_open > 0), by text NOT NULL, at timestamptz NOT NULL);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE remedy_offers, graduations;");
}
