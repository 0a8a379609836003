using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Clusters.Apply;

internal sealed class DriftStore(Database database) : IDriftStore
{
    public async Task<IReadOnlyList<DriftRecord>> ListAsync(long? cluster, long? configuration, CancellationToken cancel) => await database.QueryAsync(
        "SELECT cluster, configuration, application, checked_at, report::text, trouble FROM cluster_drift WHERE ($1::bigint IS NULL OR cluster = $1) AND ($2::bigint IS NULL OR configuration = $2) ORDER BY cluster, configuration",
        values =>
        {
            values.Add(new NpgsqlParameter<long?> { TypedValue = cluster });
            values.Add(new NpgsqlParameter<long?> { TypedValue = configuration });
        },
        row => new DriftRecord(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetFieldValue<DateTimeOffset>(3), StoreJson.Read<DriftReport>(row.GetString(4)), row.GetTextOrNull(5)), cancel);

    public Task SaveAsync(DriftRecord record, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO cluster_drift (cluster, configuration, application, checked_at, report, trouble) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (cluster, configuration) DO UPDATE SET application = excluded.application, checked_at = excluded.checked_at, report = excluded.report, trouble = excluded.trouble
        WHERE cluster_drift.checked_at <= excluded.checked_at
        """,
        values =>
        {
            values.AddWithValue(record.Cluster);
            values.AddWithValue(record.Configuration);
            values.AddWithValue(record.Application);
            values.AddWithValue(record.CheckedAt.ToUniversalTime());
            values.Add(new NpgsqlParameter<string> { TypedValue = StoreJson.Write(record.Report), NpgsqlDbType = NpgsqlDbType.Jsonb });
            values.Add(new NpgsqlParameter<string?> { TypedValue = record.Trouble });
        },
        cancel);
}
