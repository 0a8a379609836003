using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Fleet;

internal sealed class OwnerNames(Database database) : IOwnerNames
{
    public Task<IReadOnlyDictionary<long, string>> GroupsAsync(InstanceId instance, IReadOnlyCollection<long> groups, CancellationToken cancel) =>
        PathsAsync("gitlab_groups", instance, groups, cancel);

    public Task<IReadOnlyDictionary<long, string>> ProjectsAsync(InstanceId instance, IReadOnlyCollection<long> projects, CancellationToken cancel) =>
        PathsAsync("projects", instance, projects, cancel);

    private async Task<IReadOnlyDictionary<long, string>> PathsAsync(string table, InstanceId instance, IReadOnlyCollection<long> numbers, CancellationToken cancel) =>
        numbers.Count == 0 ? new Dictionary<long, string>() : (await database.QueryAsync(
            $"SELECT number, path FROM {table} WHERE instance = $1 AND number = ANY ($2)",
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(numbers.ToArray());
            },
            row => (Number: row.GetInt64(0), Path: row.GetString(1)), cancel)).ToDictionary(row => row.Number, row => row.Path);
}
