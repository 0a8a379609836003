using Microsoft.EntityFrameworkCore;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Instances;

internal sealed class InstanceStore(Database database, InstanceNumbers instances) : IInstanceStore
{
    public async Task SaveHealthAsync(ConnectionHealth health, CancellationToken cancel)
    {
        await instances.NumberAsync(health.Instance, cancel);
        var document = StoreJson.Write(health);
        await database.WithContextAsync(
            async context =>
            {
                await context.Instances.Where(row => row.Name == health.Instance)
                    .ExecuteUpdateAsync(row => row.SetProperty(one => one.Health, document), cancel);
                await context.NotifyAsync(new PortalEvent(PortalTopic.Instances, health.Instance, null), cancel);
                return true;
            },
            cancel);
    }

    public Task<ConnectionHealth?> HealthAsync(InstanceId instance, CancellationToken cancel) => database.WithContextAsync(
        async context => await context.Instances.Where(row => row.Name == instance).Select(row => row.Health).FirstOrDefaultAsync(cancel) is { } health
            ? StoreJson.Read<ConnectionHealth>(health)
            : null,
        cancel);

    public Task<string?> WatermarkAsync(InstanceId instance, string source, CancellationToken cancel) => database.WithContextAsync(
        context => context.Watermarks.Where(row => row.Instance == instance && row.Source == source).Select(row => row.Value).FirstOrDefaultAsync(cancel),
        cancel);

    public Task SaveWatermarkAsync(InstanceId instance, string source, string value, DateTimeOffset at, CancellationToken cancel) => database.ExecuteAsync(
        "INSERT INTO watermarks (instance, source, value, at) VALUES ($1, $2, $3, $4) ON CONFLICT (instance, source) DO UPDATE SET value = $3, at = $4",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(source);
            values.AddWithValue(value);
            values.AddWithValue(at.ToUniversalTime());
        },
        cancel);

    public Task<IReadOnlyDictionary<string, (string Value, DateTimeOffset At)>> WatermarksAsync(InstanceId instance, CancellationToken cancel) =>
        database.WithContextAsync<IReadOnlyDictionary<string, (string Value, DateTimeOffset At)>>(
            async context => (await context.Watermarks.AsNoTracking().Where(row => row.Instance == instance).ToListAsync(cancel))
                .ToDictionary(row => row.Source, row => (row.Value, row.At)),
            cancel);
}
