using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>What was found in projects' CI files, and what people said about it.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129861000_ProjectScans")]
public sealed class ProjectScans : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE project_scans (
            instance text NOT NULL, project bigint NOT NULL, ref text NOT NULL, at timestamptz NOT NULL, state text NOT NULL, problem text, mark text NOT NULL,
            jobs jsonb NOT NULL, findings jsonb NOT NULL, includes jsonb NOT NULL, job_count int NOT NULL, blocked int NOT NULL, score int NOT NULL,
            PRIMARY KEY (instance, project));

        -- One row a project and rule: which rules hit most is counted without opening any file.
        CREATE TABLE project_scan_rules (
            instance text NOT NULL, project bigint NOT NULL, rule text NOT NULL, severity text NOT NULL, jobs int NOT NULL,
            PRIMARY KEY (instance, project, rule, severity),
            FOREIGN KEY (instance, project) REFERENCES project_scans ON DELETE CASCADE);
        CREATE INDEX project_scan_rules_by_rule ON project_scan_rules (instance, rule);

        CREATE TABLE finding_acknowledgements (
            instance text NOT NULL, project bigint NOT NULL, rule text NOT NULL, job text NOT NULL, by text NOT NULL, at timestamptz NOT NULL, reason text NOT NULL,
            PRIMARY KEY (instance, project, rule, job));

        CREATE TABLE readiness_settings (instance text PRIMARY KEY, settings jsonb NOT NULL, version int NOT NULL);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP TABLE project_scan_rules, project_scans, finding_acknowledgements, readiness_settings;");
}
