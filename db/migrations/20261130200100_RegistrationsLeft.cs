using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Registrations whose undoing is refused for long: tried ever more seldom, then ended with what is left.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130200100_RegistrationsLeft")]
public sealed class RegistrationsLeft : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE cluster_registrations ADD COLUMN tries integer NOT NULL DEFAULT 0, ADD COLUMN retry_at timestamptz, ADD COLUMN remains text;
        DROP INDEX cluster_registrations_active;
        CREATE UNIQUE INDEX cluster_registrations_active ON cluster_registrations (cluster, (place ->> 'namespace'), (place ->> 'name')) WHERE state NOT IN ('Done', 'Undone', 'Left');
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        UPDATE cluster_registrations SET state = 'Undone' WHERE state = 'Left';
        DROP INDEX cluster_registrations_active;
        CREATE UNIQUE INDEX cluster_registrations_active ON cluster_registrations (cluster, (place ->> 'namespace'), (place ->> 'name')) WHERE state NOT IN ('Done', 'Undone');
        ALTER TABLE cluster_registrations DROP COLUMN tries, DROP COLUMN retry_at, DROP COLUMN remains;
        """);
}
