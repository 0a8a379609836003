using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Variables of groups that the portal set in their owners' names, with what stood before.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130020000_GroupMoves")]
public sealed class GroupMoves : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE group_moves (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, instance text NOT NULL, group_number bigint NOT NULL, path text NOT NULL, variable text NOT NULL,
            state text NOT NULL CHECK (state IN ('Moving', 'Moved', 'Returning', 'Returned', 'Refused')), original json NOT NULL, projects bigint[] NOT NULL, reason text,
            changed_by text NOT NULL, since timestamptz NOT NULL, version bigint NOT NULL);
        -- Of two clicks at the same moment the second finds the first's. As GroupMoveTransitions.IsActive.
        CREATE UNIQUE INDEX group_moves_active ON group_moves (instance, group_number, variable) WHERE state IN ('Moving', 'Moved', 'Returning');
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE group_moves;");
}
