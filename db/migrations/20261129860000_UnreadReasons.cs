using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Failures whose raw reason has not been read, by arm.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261129860000_UnreadReasons")]
public sealed class UnreadReasons : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE digest_day_arm ADD COLUMN kubernetes_unread int NOT NULL DEFAULT 0, ADD COLUMN docker_unread int NOT NULL DEFAULT 0;

        -- Days with such failures (kind 7) are counted anew.
        UPDATE digest_days d SET mark = '' WHERE EXISTS (SELECT FROM rollup_day_tags r WHERE r.instance = d.instance AND r.day = d.day AND r.kind = 7 AND r.jobs <> 0);
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE digest_day_arm DROP COLUMN kubernetes_unread, DROP COLUMN docker_unread;");
}
