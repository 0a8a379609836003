using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Campaigns for projects that are still on docker: how far each is, and one merge request for each live branch.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130060000_Stragglers")]
public sealed class Stragglers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE straggler_campaigns (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, instance text NOT NULL, remind_days int NOT NULL, final_at timestamptz NOT NULL, quiet_days int NOT NULL, most_open int NOT NULL,
            reason text NOT NULL, started_by text NOT NULL, at timestamptz NOT NULL);

        -- ladder: rungs with numbers of people, no names.
        CREATE TABLE straggler_cases (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, campaign bigint NOT NULL REFERENCES straggler_campaigns, instance text NOT NULL, project bigint NOT NULL,
            stage text NOT NULL CHECK (stage IN ('Selected', 'Asked', 'Reminded', 'FinalDate', 'Handled', 'Gone')), ladder json, final_at timestamptz NOT NULL, reason text, changed_by text NOT NULL,
            since timestamptz NOT NULL, version bigint NOT NULL);
        CREATE UNIQUE INDEX straggler_cases_active ON straggler_cases (instance, project) WHERE stage <> 'Gone';
        CREATE INDEX straggler_cases_gone ON straggler_cases (instance, since) WHERE stage = 'Gone';

        CREATE TABLE straggler_steps (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, "case" bigint NOT NULL REFERENCES straggler_cases, stage text NOT NULL, at timestamptz NOT NULL, who text NOT NULL, reason text,
            UNIQUE ("case", stage));

        -- One a ref, also over campaigns: a no stays a no. change is json and not jsonb: a try that was cut off goes on with the same bytes.
        CREATE TABLE straggler_branches (
            instance text NOT NULL, project bigint NOT NULL, ref text NOT NULL, state text NOT NULL CHECK (state IN ('Opening', 'Open', 'Merged', 'Declined', 'Right', 'NotFixable')),
            change json, request json, why text, since timestamptz NOT NULL, version bigint NOT NULL, PRIMARY KEY (instance, project, ref));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE straggler_branches, straggler_steps, straggler_cases, straggler_campaigns;");
}
