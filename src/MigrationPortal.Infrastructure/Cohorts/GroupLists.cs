using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Cohorts;

internal sealed class GroupLists(Database database, IProjectStore projects) : IGroupLists
{
    public async Task<KnownGroup?> FindAsync(GroupId id, CancellationToken cancel) =>
        (await ManyAsync(id.Instance, "number = $2", values => values.AddWithValue(id.Number), cancel)).SingleOrDefault();

    public async Task<IReadOnlyList<KnownGroup>> ListAsync(InstanceId instance, string? search, int limit, string? after, CancellationToken cancel) => await ManyAsync(
        instance, "($2 = '' OR position(lower($2) IN lower(path)) > 0) AND path COLLATE \"C\" > $3 ORDER BY path COLLATE \"C\" LIMIT $4",
        values =>
        {
            values.AddWithValue(search ?? "");
            values.AddWithValue(after ?? "");
            values.AddWithValue(limit);
        },
        cancel);

    public async Task<IReadOnlyList<KnownGroup>> BelowAsync(GroupId id, CancellationToken cancel) => await ManyAsync(
        id.Instance,
        """
        number IN (
            WITH RECURSIVE below AS (
                SELECT number FROM gitlab_groups WHERE instance = $1 AND parent = $2
                UNION SELECT one.number FROM gitlab_groups one JOIN below ON one.parent = below.number WHERE one.instance = $1)
            SELECT number FROM below)
        ORDER BY path COLLATE "C"
        """,
        values => values.AddWithValue(id.Number), cancel);

    public async Task<IReadOnlyList<ObservedProject>> ProjectsAsync(GroupId id, CancellationToken cancel)
    {
        var ids = await database.QueryAsync(
            "SELECT number FROM projects WHERE instance = $1 AND groups @> ARRAY[$2] AND NOT archived",
            values =>
            {
                values.AddWithValue(id.Instance.Name);
                values.AddWithValue(id.Number);
            },
            row => new ProjectId(id.Instance, row.GetInt64(0)), cancel);
        return [.. (await projects.FindAsync(ids, cancel)).Values.OrderBy(one => one.Access.FullPath, StringComparer.Ordinal)];
    }

    private Task<List<KnownGroup>> ManyAsync(InstanceId instance, string which, Action<NpgsqlParameterCollection> fill, CancellationToken cancel) => database.QueryAsync(
        $"SELECT number, path FROM gitlab_groups WHERE instance = $1 AND {which}",
        values =>
        {
            values.AddWithValue(instance.Name);
            fill(values);
        },
        row => new KnownGroup(new GroupId(instance, row.GetInt64(0)), row.GetString(1)), cancel);
}
