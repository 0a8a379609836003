using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Gates outside of the portal, and what was posted for them.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129831000_ExternalGates")]
public sealed class ExternalGates : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- query: null where the answer is posted. secret: encrypted.
        CREATE TABLE external_gates (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, instance text NOT NULL, name text NOT NULL, query jsonb, secret text, version bigint NOT NULL,
            UNIQUE (instance, name), CHECK (query IS NOT NULL OR secret IS NOT NULL));
        -- The last one alone: what it said when it was judged by stands with the evaluation.
        CREATE TABLE external_answers (
            gate bigint PRIMARY KEY REFERENCES external_gates ON DELETE CASCADE, message text NOT NULL, verdict text NOT NULL, sentence text NOT NULL,
            sent_at timestamptz NOT NULL, at timestamptz NOT NULL, expires_at timestamptz NOT NULL);
        -- As long as a signature could prove it again.
        CREATE TABLE external_messages (gate bigint NOT NULL REFERENCES external_gates ON DELETE CASCADE, message text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (gate, message));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE external_messages, external_answers, external_gates;");
}
