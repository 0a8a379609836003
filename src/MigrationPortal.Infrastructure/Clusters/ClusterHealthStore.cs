using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Clusters;

/// <summary>How clusters answered last, and what their last preflight found. Nothing is kept of a cluster that is gone.</summary>
internal sealed class ClusterHealthStore(Database database) : IClusterHealthStore, IPreflightStore
{
    public async Task<IReadOnlyDictionary<long, ClusterHealth>> AllAsync(CancellationToken cancel) => (await database.QueryAsync(
        "SELECT cluster, checked_at, version, trouble_kind, trouble, trouble_since, told FROM cluster_health", _ => { }, Read, cancel)).ToDictionary(one => one.Cluster);

    public Task SaveAsync(ClusterHealth health, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO cluster_health (cluster, checked_at, version, trouble_kind, trouble, trouble_since, told)
        SELECT id, $2, $3, $4, $5, $6, $7 FROM clusters WHERE id = $1
        ON CONFLICT (cluster) DO UPDATE SET checked_at = $2, version = $3, trouble_kind = $4, trouble = $5, trouble_since = $6, told = $7
        """,
        values =>
        {
            values.AddWithValue(health.Cluster);
            values.AddWithValue(health.CheckedAt.UtcDateTime);
            values.Add(new NpgsqlParameter<string?> { TypedValue = health.Version });
            values.Add(new NpgsqlParameter<string?> { TypedValue = health.Trouble?.Kind.ToString() });
            values.Add(new NpgsqlParameter<string?> { TypedValue = health.Trouble?.Sentence });
            values.AddWithValue(NpgsqlTypes.NpgsqlDbType.TimestampTz, (object?)health.TroubleSince?.UtcDateTime ?? DBNull.Value);
            values.AddWithValue(health.Told);
        },
        cancel);

    public async Task<IReadOnlyDictionary<long, MissingCounts>> CountsAsync(CancellationToken cancel) => (await database.QueryAsync(
        "SELECT cluster, missing_view, missing_apply, missing_operator, checked_at FROM cluster_preflights", _ => { },
        row => (Id: row.GetInt64(0), Counts: new MissingCounts(row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetFieldValue<DateTimeOffset>(4))), cancel)).ToDictionary(one => one.Id, one => one.Counts);

    public async Task<PreflightReport?> LastAsync(long cluster, CancellationToken cancel) => (await database.QueryAsync(
        "SELECT report FROM cluster_preflights WHERE cluster = $1", values => values.AddWithValue(cluster), row => StoreJson.Read<PreflightReport>(row.GetString(0)), cancel)).SingleOrDefault();

    public Task SaveAsync(long cluster, PreflightReport report, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO cluster_preflights (cluster, report, missing_view, missing_apply, missing_operator, checked_at) SELECT id, $2::jsonb, $3, $4, $5, $6 FROM clusters WHERE id = $1
        ON CONFLICT (cluster) DO UPDATE SET report = $2::jsonb, missing_view = $3, missing_apply = $4, missing_operator = $5, checked_at = $6
        """,
        values =>
        {
            values.AddWithValue(cluster);
            values.AddWithValue(StoreJson.Write(report));
            values.AddWithValue(report.Counts.View);
            values.AddWithValue(report.Counts.Apply);
            values.AddWithValue(report.Counts.Operator);
            values.AddWithValue(report.CheckedAt.UtcDateTime);
        },
        cancel);

    private static ClusterHealth Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetTextOrNull(2),
        row.GetTextOrNull(3) is { } kind ? new ClusterTrouble(Enum.Parse<TroubleKind>(kind), row.GetString(4)) : null, row.GetOrNull<DateTimeOffset>(5), row.GetBoolean(6));
}
