using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>What projects' people ask administrators, and the answers.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130042000_Help")]
public sealed class Help : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE help_threads (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, instance text NOT NULL, project bigint NOT NULL, job bigint, subject text NOT NULL, state text NOT NULL,
            opened_by text NOT NULL, opened_at timestamptz NOT NULL, changed_at timestamptz NOT NULL);
        CREATE INDEX help_threads_of ON help_threads (instance, project, id);

        -- Only appended.
        CREATE TABLE help_messages (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, thread bigint NOT NULL REFERENCES help_threads, by text NOT NULL, from_admin boolean NOT NULL, at timestamptz NOT NULL, text text NOT NULL);
        CREATE INDEX help_messages_of ON help_messages (thread, id);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE help_messages, help_threads;");
}
