using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>What is brought into clusters, step by step, and where clusters differ from it since.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130153400_ClusterApplications")]
public sealed class ClusterApplications : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE cluster_applications (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            cluster bigint NOT NULL REFERENCES clusters ON DELETE CASCADE,
            instance text NOT NULL,
            configuration bigint NOT NULL,
            configuration_name text NOT NULL,
            revision integer NOT NULL,
            target text NOT NULL,
            state text NOT NULL,
            steps jsonb NOT NULL,
            objects json NOT NULL,
            before bigint,
            runner bigint,
            returns_by_itself boolean NOT NULL,
            patience interval NOT NULL,
            deadline timestamptz NOT NULL,
            contact_after timestamptz,
            said text,
            asked_by text NOT NULL,
            reason text NOT NULL,
            asked_at timestamptz NOT NULL,
            since timestamptz NOT NULL,
            ended_at timestamptz,
            version bigint NOT NULL);
        -- Two at a time would not know which of them the cluster shows.
        CREATE UNIQUE INDEX cluster_applications_active ON cluster_applications (cluster) WHERE state IN ('Applying', 'Verifying', 'RollingBack');
        CREATE UNIQUE INDEX cluster_applications_waiting ON cluster_applications (cluster, configuration) WHERE state = 'Waiting';
        CREATE INDEX cluster_applications_newest ON cluster_applications (cluster, configuration, id DESC);
        CREATE TABLE cluster_drift (
            cluster bigint NOT NULL REFERENCES clusters ON DELETE CASCADE,
            configuration bigint NOT NULL,
            application bigint NOT NULL,
            checked_at timestamptz NOT NULL,
            report jsonb NOT NULL,
            trouble text,
            PRIMARY KEY (cluster, configuration));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE cluster_drift, cluster_applications;");
}
