using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Runners that are made for clusters, from GitLab to the manager's first contact or back. Holds no token.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130155600_ClusterRegistrations")]
public sealed class ClusterRegistrations : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE cluster_registrations (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            cluster bigint NOT NULL REFERENCES clusters ON DELETE CASCADE,
            instance text NOT NULL,
            configuration bigint NOT NULL,
            revision integer NOT NULL,
            target text NOT NULL,
            extras integer NOT NULL,
            place jsonb NOT NULL,
            description text NOT NULL,
            tags text[] NOT NULL,
            run_untagged boolean NOT NULL,
            paused boolean NOT NULL,
            state text NOT NULL,
            asked_gitlab_at timestamptz,
            runner bigint,
            application bigint,
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
        CREATE UNIQUE INDEX cluster_registrations_active ON cluster_registrations (cluster, (place ->> 'namespace'), (place ->> 'name')) WHERE state NOT IN ('Done', 'Undone');
        CREATE INDEX cluster_registrations_newest ON cluster_registrations (cluster, id DESC);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE cluster_registrations;");
}
