using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>The equal random sample of failed jobs of both executors.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130041000_LogSamples")]
public sealed class LogSamples : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE log_sample_seeds (instance text PRIMARY KEY, seed text NOT NULL);
        CREATE TABLE log_sample_days (
            instance text NOT NULL, day date NOT NULL, each int NOT NULL, docker_failed int NOT NULL, kubernetes_failed int NOT NULL, drawn_at timestamptz NOT NULL,
            PRIMARY KEY (instance, day));
        CREATE TABLE log_sample_jobs (
            instance text NOT NULL, day date NOT NULL, job bigint NOT NULL, project bigint NOT NULL, executor text NOT NULL,
            PRIMARY KEY (instance, job), FOREIGN KEY (instance, day) REFERENCES log_sample_days);
        CREATE INDEX log_sample_jobs_by_day ON log_sample_jobs (instance, day);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE log_sample_jobs, log_sample_days, log_sample_seeds;");
}
