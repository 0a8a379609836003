using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Both executors' first attempts by project, tag set and day, and what gates said with the evidence that it rests on.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129600000_Gates")]
public sealed class Gates : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        -- On runners that were managed when the day was counted; retries do not count.
        CREATE TABLE digest_day_arm (
            project bigint NOT NULL, day date NOT NULL, tag_set int NOT NULL DEFAULT 0, kubernetes_finished int NOT NULL, kubernetes_failed int NOT NULL, kubernetes_infrastructure int NOT NULL,
            docker_finished int NOT NULL, docker_failed int NOT NULL, docker_infrastructure int NOT NULL, instance smallint NOT NULL);
        CREATE INDEX digest_day_arm_by_day ON digest_day_arm (instance, day);

        -- facts: without the arms, which are most of it and change once a day.
        CREATE TABLE gate_evaluations (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, instance text NOT NULL, from_at timestamptz NOT NULL, until_at timestamptz NOT NULL,
            evaluation jsonb NOT NULL, facts jsonb NOT NULL, policy jsonb NOT NULL, arms_hash bytea NOT NULL);
        CREATE INDEX gate_evaluations_by_instance ON gate_evaluations (instance, id DESC);
        CREATE TABLE gate_arms (hash bytea PRIMARY KEY, arms bytea NOT NULL);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE gate_arms, gate_evaluations, digest_day_arm;");
}
