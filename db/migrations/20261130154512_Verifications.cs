using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Revisions of runner configurations that were tried on QA, check by check, with the branch and the pipelines that this made.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130154512_Verifications")]
public sealed class Verifications : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE verifications (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, configuration bigint NOT NULL, revision integer NOT NULL, cluster bigint NOT NULL, instance text NOT NULL, project bigint NOT NULL, choice jsonb NOT NULL, probe jsonb,
            state text NOT NULL CHECK (state IN ('Preparing', 'Running', 'Passed', 'Failed', 'Inconclusive', 'Cancelled', 'Broken')), branch text NOT NULL,
            branch_state text NOT NULL CHECK (branch_state IN ('Unmade', 'There', 'Gone', 'TakenOver')), branch_commit text, pipeline jsonb, probe_after bigint, probe_pipeline jsonb, checks jsonb NOT NULL,
            reason text, asked_by text NOT NULL, asked_at timestamptz NOT NULL, since timestamptz NOT NULL, deadline timestamptz NOT NULL, version bigint NOT NULL);
        -- One at a time a configuration and cluster. As Verification.IsActive.
        CREATE UNIQUE INDEX verifications_active ON verifications (configuration, cluster) WHERE state IN ('Preparing', 'Running');
        CREATE INDEX verifications_open ON verifications (instance) WHERE state IN ('Preparing', 'Running') OR branch_state = 'There';
        CREATE INDEX verifications_configuration ON verifications (configuration, id);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE verifications;");
}
