using System.Collections.Concurrent;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Instances;

/// <summary>The small number that stands for an instance in the big tables; given once, kept for good.</summary>
internal sealed class InstanceNumbers(Database database)
{
    private readonly ConcurrentDictionary<InstanceId, short> _known = new();

    public async ValueTask<short> NumberAsync(InstanceId instance, CancellationToken cancel)
    {
        if (_known.TryGetValue(instance, out var number)) return number;
        number = await database.InTransactionAsync(
            async connection =>
            {
                await connection.ExecuteAsync(
                    "INSERT INTO instances (name) SELECT $1 WHERE NOT EXISTS (SELECT 1 FROM instances WHERE name = $1) ON CONFLICT (name) DO NOTHING",
                    values => values.AddWithValue(instance.Name),
                    cancel);
                return (await connection.QueryAsync(
                    "SELECT number FROM instances WHERE name = $1", values => values.AddWithValue(instance.Name), row => row.GetInt16(0), cancel)).Single();
            },
            cancel);
        return _known[instance] = number;
    }
}
