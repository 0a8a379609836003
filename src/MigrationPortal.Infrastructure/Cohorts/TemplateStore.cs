using MigrationPortal.Domain.Cohorts.Templates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Cohorts;

/// <summary>Templates as the last scans name them. Each got its number, for good, when the first scan that names it was stored.</summary>
internal sealed class TemplateStore(Database database) : ITemplateStore
{
    public async Task<IReadOnlyList<TemplateUses>> ListAsync(InstanceId instance, CancellationToken cancel)
    {
        var rows = await RowsAsync(instance, cancel);
        return [.. rows.GroupBy(row => row.Id).Select(of => Of(instance, of.Key, [.. of]))];
    }

    public async Task<bool> AnyInAsync(InstanceId instance, IReadOnlyCollection<ProjectId> owners, CancellationToken cancel) => (await database.QueryAsync(
        "SELECT EXISTS (SELECT FROM ci_templates t JOIN projects p ON p.instance = t.instance AND p.path = t.project WHERE t.instance = $1 AND p.number = ANY ($2))",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(owners.Select(owner => owner.Number).ToArray());
        },
        row => row.GetBoolean(0), cancel)).Single();

    private static TemplateUses Of(InstanceId instance, long id, List<Row> rows)
    {
        var one = rows[0];
        return new TemplateUses(
            new CiTemplate(id, instance, one.Owner, one.File), one.Number is { } number ? new ProjectId(instance, number) : null, one.OwnerBranch, [.. rows.Select(row => row.Use).DistinctBy(use => use.Project)]);
    }

    private Task<List<Row>> RowsAsync(InstanceId instance, CancellationToken cancel) => database.QueryAsync(
        """
        WITH uses AS (
            SELECT s.project, s.ref AS branch, i->>'project' AS owner, ltrim(i->>'location', '/') AS file, i->>'ref' AS ref
            FROM project_scans s CROSS JOIN jsonb_array_elements(s.includes) i
            WHERE s.instance = $1 AND i->>'kind' IN ('file', 'component') AND i->>'project' IS NOT NULL)
        SELECT t.id, u.owner, u.file, o.number, o.default_branch, p.number, p.path, u.branch, u.ref
        FROM uses u JOIN projects p ON p.instance = $1 AND p.number = u.project AND NOT p.archived AND p.path <> u.owner
        LEFT JOIN projects o ON o.instance = $1 AND o.path = u.owner
        JOIN ci_templates t ON t.instance = $1 AND t.project = u.owner AND t.file = u.file
        ORDER BY u.owner COLLATE "C", u.file COLLATE "C", p.path COLLATE "C"
        """,
        values => values.AddWithValue(instance.Name),
        row => new Row(
            row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetOrNull<long>(3), row.GetTextOrNull(4),
            new TemplateUse(new ProjectId(instance, row.GetInt64(5)), row.GetString(6), row.GetString(7), row.GetTextOrNull(8))), cancel);

    private sealed record Row(long Id, string Owner, string File, long? Number, string? OwnerBranch, TemplateUse Use);
}
