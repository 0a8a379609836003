using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Fleet;

/// <param name="Parent">Null for a top-level group.</param>
/// <param name="Path">The full one.</param>
internal sealed record ObservedGroup(long Number, long? Parent, string Path);

/// <summary>Groups as GitLab last listed them. One that is gone stays: runners of the past keep their owner's name.</summary>
internal sealed class GroupStore(Database database)
{
    public Task<int> SaveAsync(InstanceId instance, IReadOnlyCollection<ObservedGroup> groups, CancellationToken cancel)
    {
        var each = groups.DistinctBy(group => group.Number).ToList();
        return each.Count == 0 ? Task.FromResult(0) : database.ExecuteAsync(
            """
            INSERT INTO gitlab_groups AS old (instance, number, parent, path) SELECT $1, * FROM unnest($2, $3, $4)
            ON CONFLICT (instance, number) DO UPDATE SET parent = excluded.parent, path = excluded.path
            WHERE (old.parent, old.path) IS DISTINCT FROM (excluded.parent, excluded.path)
            """,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(each.Select(group => group.Number).ToArray());
                values.AddWithValue(each.Select(group => group.Parent).ToArray());
                values.AddWithValue(each.Select(group => group.Path).ToArray());
            },
            cancel);
    }

    public async Task<GroupTree> TreeAsync(InstanceId instance, CancellationToken cancel) => new(await database.QueryAsync(
        "SELECT number, parent FROM gitlab_groups WHERE instance = $1", values => values.AddWithValue(instance.Name), row => (row.GetInt64(0), row.GetOrNull<long>(1)), cancel));
}

/// <summary>Which groups stand above which.</summary>
internal sealed class GroupTree(IEnumerable<(long Number, long? Parent)> groups)
{
    private readonly Dictionary<long, long?> _parents = groups.ToDictionary(group => group.Number, group => group.Parent);

    public void Learn(IEnumerable<ObservedGroup> groups)
    {
        foreach (var group in groups) _parents[group.Number] = group.Parent;
    }

    /// <returns>The group and all of its ancestors; empty for none, which is a personal namespace.</returns>
    public IReadOnlySet<long> Above(ObservedGroup? home)
    {
        var found = new HashSet<long>();
        for (var group = home?.Number; group is { } number && found.Add(number);)
            group = _parents.GetValueOrDefault(number);
        return found;
    }
}
