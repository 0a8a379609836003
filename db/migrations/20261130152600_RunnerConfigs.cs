using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Runner configurations with all their revisions.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130152600_RunnerConfigs")]
public sealed class RunnerConfigs : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE runner_configs (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, instance text NOT NULL, name text NOT NULL, revision int NOT NULL);
        CREATE UNIQUE INDEX runner_configs_name ON runner_configs (instance, lower(name));

        -- Only appended. No secret stands in any of them.
        CREATE TABLE runner_config_revisions (
            config bigint NOT NULL REFERENCES runner_configs, number int NOT NULL, kind text NOT NULL CHECK (kind IN ('Helm', 'Operator', 'Manifests', 'Exported')), toml text NOT NULL, target text NOT NULL, deployment jsonb NOT NULL,
            author text NOT NULL, at timestamptz NOT NULL, reason text NOT NULL, remarks text[] NOT NULL, PRIMARY KEY (config, number));
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE runner_config_revisions, runner_configs;");
}
