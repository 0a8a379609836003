using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>The outbox: what was told, the channels, and what is on its way to which. Severity and state: NoticeSeverity, DeliveryState.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129400000_Notices")]
public sealed class Notices : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        CREATE TABLE notices (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, instance text NOT NULL, key text NOT NULL, kind text NOT NULL, severity smallint NOT NULL,
            sentence text NOT NULL, numbers jsonb NOT NULL, link text NOT NULL, at timestamptz NOT NULL, stored_at timestamptz NOT NULL,
            taken_by text, taken_at timestamptz, UNIQUE (instance, key));
        CREATE INDEX notices_alerts ON notices (instance, id) WHERE severity >= 1;
        -- The target is encrypted: addresses of webhooks are secrets as much as their keys.
        CREATE TABLE notice_channels (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL UNIQUE, kind text NOT NULL, is_on boolean NOT NULL, place text NOT NULL,
            target text NOT NULL, rules jsonb NOT NULL, version bigint NOT NULL);
        CREATE TABLE notice_deliveries (
            id uuid PRIMARY KEY, notice bigint NOT NULL REFERENCES notices ON DELETE CASCADE, channel bigint NOT NULL REFERENCES notice_channels ON DELETE CASCADE,
            state smallint NOT NULL, tries int NOT NULL, queued_at timestamptz NOT NULL, due_at timestamptz NOT NULL, ended_at timestamptz, said text,
            UNIQUE (notice, channel));
        CREATE INDEX notice_deliveries_waiting ON notice_deliveries (due_at) WHERE state = 0;
        CREATE INDEX notice_deliveries_channel ON notice_deliveries (channel, queued_at);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DROP TABLE notice_deliveries, notice_channels, notices;");
}
