using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Migrations;

/// <summary>Templates that scans have named so far: later scans name theirs when they are stored.</summary>
[DbContext(typeof(PortalDbContext))]
[Migration("20261130091000_KnownTemplates")]
public sealed class KnownTemplates : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(
        """
        INSERT INTO ci_templates (instance, project, file)
        SELECT DISTINCT s.instance, i->>'project', ltrim(i->>'location', '/') FROM project_scans s CROSS JOIN jsonb_array_elements(s.includes) i
        WHERE i->>'kind' IN ('file', 'component') AND i->>'project' IS NOT NULL
        ON CONFLICT DO NOTHING;
        """);

    protected override void Down(MigrationBuilder migrationBuilder)
    {
    }
}
