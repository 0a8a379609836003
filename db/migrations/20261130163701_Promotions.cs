using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Revisions of runner configurations on their way through production, a cluster at a time, each stage with its evidence.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130163701_Promotions")]
public sealed class Promotions : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE promotions (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, configuration bigint NOT NULL, revision integer NOT NULL, instance text NOT NULL, verification bigint, override jsonb, bake_seconds bigint NOT NULL,
            state text NOT NULL CHECK (state IN ('Running', 'Succeeded', 'Halted', 'Stopped', 'RollingBack', 'RolledBack')), stages jsonb NOT NULL, said text, active boolean NOT NULL,
            asked_by text NOT NULL, asked_at timestamptz NOT NULL, since timestamptz NOT NULL, version bigint NOT NULL,
            -- Nothing unverified without somebody who says why.
            CHECK (verification IS NOT NULL OR override IS NOT NULL));
        -- One at a time a configuration. As Promotion.IsActive.
        CREATE UNIQUE INDEX promotions_active ON promotions (configuration) WHERE active;
        CREATE INDEX promotions_configuration ON promotions (configuration, id);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE promotions;");
}
