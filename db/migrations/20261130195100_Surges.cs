using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>QA's runners that are lent to production, what was seen of the queue meanwhile, and who is lent now. Holds no token.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130195100_Surges")]
public sealed class Surges : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE surges (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            instance text NOT NULL,
            role text NOT NULL,
            like_runner bigint,
            tags text[] NOT NULL,
            run_untagged boolean NOT NULL,
            lent jsonb NOT NULL,
            reach jsonb NOT NULL,
            state text NOT NULL,
            until timestamptz NOT NULL,
            drain_for interval NOT NULL,
            start_by timestamptz NOT NULL,
            queued_before bigint NOT NULL,
            said text,
            ended_for text,
            asked_by text NOT NULL,
            reason text NOT NULL,
            asked_at timestamptz NOT NULL,
            lent_at timestamptz,
            since timestamptz NOT NULL,
            ended_at timestamptz,
            version bigint NOT NULL);
        CREATE INDEX surges_newest ON surges (instance, id DESC);
        CREATE TABLE surge_claims (runner text PRIMARY KEY, surge bigint NOT NULL REFERENCES surges);
        CREATE TABLE surge_samples (surge bigint NOT NULL REFERENCES surges, at timestamptz NOT NULL, queued bigint NOT NULL, running bigint NOT NULL, taken bigint NOT NULL, PRIMARY KEY (surge, at));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE surge_samples; DROP TABLE surge_claims; DROP TABLE surges;");
}
