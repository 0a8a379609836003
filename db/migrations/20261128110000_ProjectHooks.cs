using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>What an administrator wished of the portal's job hooks, and which hook the portal put into which project. State and kind: HookState, HookWishKind.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261128110000_ProjectHooks")]
public sealed class ProjectHooks : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE hook_wishes (
            instance text PRIMARY KEY, id bigint NOT NULL, kind smallint NOT NULL, active_days int, who_kind smallint NOT NULL, who text NOT NULL,
            at timestamptz NOT NULL, stopped boolean NOT NULL);
        CREATE TABLE project_hooks (
            instance text NOT NULL, project bigint NOT NULL, hook bigint, url text, state smallint NOT NULL, said text, at timestamptz NOT NULL, wish bigint NOT NULL,
            PRIMARY KEY (instance, project));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE hook_wishes, project_hooks;");
}
