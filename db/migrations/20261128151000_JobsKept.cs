using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Which raw jobs are gone for their age, so that they are never counted again; drops counts partitions dropped.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261128151000_JobsKept")]
public sealed class JobsKept : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE jobs_kept (instance smallint PRIMARY KEY, lowest bigint NOT NULL, since timestamptz NOT NULL, drops int NOT NULL);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE jobs_kept;");
}
