using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>What was applied to a cluster and registered there outlives its entry; nothing is begun in one that is gone.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130200000_ClusterHistory")]
public sealed class ClusterHistory : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE cluster_applications DROP CONSTRAINT cluster_applications_cluster_fkey;
        ALTER TABLE cluster_registrations DROP CONSTRAINT cluster_registrations_cluster_fkey;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        DELETE FROM cluster_applications WHERE cluster NOT IN (SELECT id FROM clusters);
        DELETE FROM cluster_registrations WHERE cluster NOT IN (SELECT id FROM clusters);
        ALTER TABLE cluster_applications ADD CONSTRAINT cluster_applications_cluster_fkey FOREIGN KEY (cluster) REFERENCES clusters ON DELETE CASCADE;
        ALTER TABLE cluster_registrations ADD CONSTRAINT cluster_registrations_cluster_fkey FOREIGN KEY (cluster) REFERENCES clusters ON DELETE CASCADE;
        """);
}
