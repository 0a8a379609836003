using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Groups with their parents and paths, as GitLab lists them: the chain above a project, and the names of runners' owners.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129300000_Groups")]
public sealed class Groups : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE gitlab_groups (instance text NOT NULL, number bigint NOT NULL, parent bigint, path text NOT NULL, PRIMARY KEY (instance, number));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE gitlab_groups;");
}
