using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>CI files that other projects include, by a number of the portal's own, and the merge requests that move them.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130021000_TemplateMoves")]
public sealed class TemplateMoves : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE ci_templates (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, instance text NOT NULL, project text NOT NULL, file text NOT NULL, UNIQUE (instance, project, file));

        CREATE TABLE template_moves (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, template bigint NOT NULL REFERENCES ci_templates, owner bigint NOT NULL,
            state text NOT NULL CHECK (state IN ('Moving', 'Moved', 'Returning', 'Returned', 'Refused')), change json NOT NULL, request json NOT NULL, back json, projects bigint[] NOT NULL, reason text,
            changed_by text NOT NULL, since timestamptz NOT NULL, version bigint NOT NULL);
        -- One merge request a template, whoever asks. As SharedMoveTransitions.IsActive.
        CREATE UNIQUE INDEX template_moves_active ON template_moves (template) WHERE state IN ('Moving', 'Moved', 'Returning');
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE template_moves, ci_templates;");
}
