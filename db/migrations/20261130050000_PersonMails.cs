using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Mails to people on their way, and the texts that admins put into their own words.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130050000_PersonMails")]
public sealed class PersonMails : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- state as in notice_deliveries. No name and no address: those are asked of GitLab.
        CREATE TABLE person_mails (
            id uuid PRIMARY KEY, instance text NOT NULL, person bigint NOT NULL, key text NOT NULL, subject text NOT NULL, text text NOT NULL, link text NOT NULL,
            state smallint NOT NULL, tries int NOT NULL, queued_at timestamptz NOT NULL, due_at timestamptz NOT NULL, ended_at timestamptz, said text, UNIQUE (instance, person, key));
        CREATE INDEX person_mails_due ON person_mails (queued_at, id) WHERE state = 0;
        CREATE INDEX person_mails_key ON person_mails (instance, key);

        CREATE TABLE wordings (key text PRIMARY KEY, text text NOT NULL);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE person_mails, wordings;");
}
