using MigrationPortal.Domain.Cohorts.Graduation;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Cohorts;

internal sealed class GraduationStore(Database database) : IGraduationStore
{
    public async Task<GraduationOrder?> FindAsync(InstanceId instance, CancellationToken cancel) => (await database.QueryAsync(
        "SELECT most_open, by, at FROM graduations WHERE instance = $1", values => values.AddWithValue(instance.Name),
        row => new GraduationOrder(instance, row.GetInt32(0), ActorText.Read(row.GetString(1)), row.GetFieldValue<DateTimeOffset>(2)), cancel)).SingleOrDefault();

    public Task SaveAsync(GraduationOrder order, CancellationToken cancel) => database.ExecuteAsync(
        "INSERT INTO graduations (instance, most_open, by, at) VALUES ($1, $2, $3, $4) ON CONFLICT (instance) DO UPDATE SET most_open = excluded.most_open, by = excluded.by, at = excluded.at",
        values =>
        {
            values.AddWithValue(order.Instance.Name);
            values.AddWithValue(order.MostOpen);
            values.AddWithValue(ActorText.Write(order.By));
            values.AddWithValue(order.At.ToUniversalTime());
        },
        cancel);

    public async Task<bool> RemoveAsync(InstanceId instance, CancellationToken cancel) =>
        await database.ExecuteAsync("DELETE FROM graduations WHERE instance = $1", values => values.AddWithValue(instance.Name), cancel) > 0;
}
