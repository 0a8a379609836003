using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Clusters.Surges;

/// <summary>Drops the looks at the queue of surges that ended long ago; the surges themselves stay.</summary>
internal sealed class SurgeRetention(Database database)
{
    /// <returns>How many looks were removed.</returns>
    public Task<int> DropAsync(InstanceId instance, DateTimeOffset before, CancellationToken cancel) => database.ExecuteAsync(
        "DELETE FROM surge_samples USING surges WHERE surges.id = surge_samples.surge AND surges.instance = $1 AND surges.ended_at < $2 AND surge_samples.at < $2",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(before.ToUniversalTime());
        },
        cancel);
}
