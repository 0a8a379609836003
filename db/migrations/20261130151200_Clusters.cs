using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Kubernetes clusters with an encrypted way in, how they answered last, and what their last preflight found.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130151200_Clusters")]
public sealed class Clusters : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE clusters (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL,
            instance text NOT NULL,
            connection jsonb NOT NULL,
            access text NOT NULL,
            job_namespaces text[] NOT NULL CHECK (cardinality(job_namespaces) > 0),
            manager_namespace text NOT NULL,
            runner_ids bigint[] NOT NULL,
            version bigint NOT NULL,
            UNIQUE (instance, name));
        CREATE TABLE cluster_health (
            cluster bigint PRIMARY KEY REFERENCES clusters ON DELETE CASCADE,
            checked_at timestamptz NOT NULL,
            version text,
            trouble_kind text,
            trouble text,
            trouble_since timestamptz,
            told boolean NOT NULL,
            CHECK ((trouble IS NULL) = (trouble_kind IS NULL) AND (trouble IS NULL) = (trouble_since IS NULL)));
        CREATE TABLE cluster_preflights (
            cluster bigint PRIMARY KEY REFERENCES clusters ON DELETE CASCADE,
            report jsonb NOT NULL,
            missing_view integer NOT NULL,
            missing_apply integer NOT NULL,
            missing_operator integer NOT NULL,
            checked_at timestamptz NOT NULL);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE cluster_preflights, cluster_health, clusters;");
}
