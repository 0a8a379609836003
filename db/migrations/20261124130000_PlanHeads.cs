using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>What lists say of a plan, beside its document of up to a megabyte.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261124130000_PlanHeads")]
public sealed class PlanHeads : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        ALTER TABLE plans ADD COLUMN head jsonb;
        UPDATE plans SET head = jsonb_build_object(
            'id', id, 'instance', instance, 'title', document->'title', 'madeAt', document->'madeAt', 'madeBy', document->'madeBy',
            'fingerprint', document->'fingerprint', 'steps', jsonb_array_length(document->'steps'),
            'runners', (SELECT count(DISTINCT step->>'runner') FROM jsonb_array_elements(document->'steps') AS step),
            'blockers', jsonb_path_query_array(document, '$.blockers[*].code'));
        ALTER TABLE plans ALTER COLUMN head SET NOT NULL;
        """);

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("ALTER TABLE plans DROP COLUMN head;");
}
