using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Fleet;

internal sealed class OwnerNames(Database database) : IOwnerNames
{
    /// <summary>
    /// The lowest and the highest path of a group's projects share what all of them share. A group whose projects all lie in
    /// one subgroup would get that one's path, so the group's place in the chain of ids cuts it: parents have lower ids.
    /// </summary>
    public async Task<IReadOnlyDictionary<long, string>> GroupsAsync(InstanceId instance, IReadOnlyCollection<long> groups, CancellationToken cancel)
    {
        if (groups.Count == 0) return new Dictionary<long, string>();
        var rows = await database.QueryAsync(
            """
            SELECT wanted, min(path COLLATE "C"), max(path COLLATE "C"), min(array_position(groups, wanted))
            FROM unnest($2) AS wanted JOIN projects ON instance = $1 AND groups @> ARRAY[wanted] GROUP BY wanted
            """,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(groups.ToArray());
            },
            row => (Group: row.GetInt64(0), First: row.GetString(1).Split('/')[..^1], Last: row.GetString(2).Split('/')[..^1], Depth: row.GetInt32(3)), cancel);
        return rows.Select(row => (row.Group, Path: string.Join('/', row.First.Zip(row.Last).TakeWhile(pair => pair.First == pair.Second).Take(row.Depth).Select(pair => pair.First))))
            .Where(row => row.Path.Length > 0).ToDictionary(row => row.Group, row => row.Path);
    }

    public async Task<IReadOnlyDictionary<long, string>> ProjectsAsync(InstanceId instance, IReadOnlyCollection<long> projects, CancellationToken cancel) =>
        (await database.QueryAsync(
            "SELECT number, path FROM projects WHERE instance = $1 AND number = ANY ($2)",
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(projects.ToArray());
            },
            row => (Number: row.GetInt64(0), Path: row.GetString(1)), cancel)).ToDictionary(row => row.Number, row => row.Path);
}
