using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Jobs that were run once on docker and once on Kubernetes, with what became of both copies and of the branch that they ran on.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130070000_TwinRuns")]
public sealed class TwinRuns : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE twin_runs (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, instance text NOT NULL, project bigint NOT NULL, job text NOT NULL, commit text NOT NULL, branch text NOT NULL,
            docker_tags text[] NOT NULL, kubernetes_tags text[] NOT NULL, others text[] NOT NULL, remarks text[] NOT NULL,
            state text NOT NULL CHECK (state IN ('Preparing', 'Running', 'Ended', 'Stopped', 'Failed')), branch_state text NOT NULL CHECK (branch_state IN ('Unmade', 'There', 'Gone', 'TakenOver')),
            branch_commit text, pipeline bigint, pipeline_address text, docker jsonb, kubernetes jsonb, reason text, asked_by text NOT NULL, asked_at timestamptz NOT NULL, since timestamptz NOT NULL, version bigint NOT NULL);
        -- One at a time a project, whoever asks. As TwinRun.IsActive.
        CREATE UNIQUE INDEX twin_runs_active ON twin_runs (instance, project) WHERE state IN ('Preparing', 'Running');
        CREATE INDEX twin_runs_open ON twin_runs (instance) WHERE state IN ('Preparing', 'Running') OR branch_state = 'There';
        CREATE INDEX twin_runs_project ON twin_runs (instance, project, id);
        CREATE INDEX twin_runs_ended ON twin_runs (instance, since) WHERE state = 'Ended';
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE twin_runs;");
}
