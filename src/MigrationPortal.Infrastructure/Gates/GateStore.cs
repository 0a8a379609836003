using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Gates;

/// <summary>The arms of the facts are kept once for all evaluations that rest on the same, by their hash, compressed.</summary>
internal sealed class GateStore(Database database) : IGateStore
{
    internal const string Columns = "id, evaluation, from_at, until_at, operation";

    public async Task<GateEvaluation?> LatestAsync(InstanceId instance, CancellationToken cancel) => (await NewestAsync(instance, 1, null, cancel)).SingleOrDefault();

    public async Task<GateEvaluation?> FindAsync(long id, CancellationToken cancel) => (await database.QueryAsync(
        $"SELECT {Columns} FROM gate_evaluations WHERE id = $1", values => values.AddWithValue(id), Read, cancel)).SingleOrDefault();

    public async Task<IReadOnlyList<GateEvaluation>> NewestAsync(InstanceId instance, int limit, long? before, CancellationToken cancel) => await database.QueryAsync(
        $"SELECT {Columns} FROM gate_evaluations WHERE instance = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(before ?? long.MaxValue);
            values.AddWithValue(limit);
        },
        Read, cancel);

    public Task<GateEvaluation> AddAsync(GateEvaluation evaluation, GateFacts facts, GatePolicy policy, CancellationToken cancel) => WriteAsync(
        "INSERT INTO gate_evaluations (evaluation, facts, policy, arms_hash, until_at, instance, from_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id", evaluation, facts, policy,
        values => values.AddWithValue(evaluation.From.ToUniversalTime()), cancel);

    public Task ConfirmAsync(GateEvaluation evaluation, GateFacts facts, GatePolicy policy, CancellationToken cancel) => WriteAsync(
        "UPDATE gate_evaluations SET evaluation = $1, facts = $2, policy = $3, arms_hash = $4, until_at = $5 WHERE instance = $6 AND id = $7 RETURNING id", evaluation, facts, policy,
        values => values.AddWithValue(evaluation.Id), cancel);

    public async Task SaveDecidedAsync(long id, long operation, CancellationToken cancel) => await database.ExecuteAsync(
        "UPDATE gate_evaluations SET operation = $2 WHERE id = $1",
        values =>
        {
            values.AddWithValue(id);
            values.AddWithValue(operation);
        },
        cancel);

    public async Task<(GateFacts Facts, GatePolicy Policy)?> EvidenceAsync(long id, CancellationToken cancel)
    {
        var rows = await database.QueryAsync(
            "SELECT facts, policy, arms FROM gate_evaluations e JOIN gate_arms a ON a.hash = e.arms_hash WHERE id = $1", values => values.AddWithValue(id),
            row => (StoreJson.Read<GateFacts>(row.GetString(0)) with { Arms = StoreJson.Read<ArmDay[]>(Unpack(row.GetFieldValue<byte[]>(2))) }, StoreJson.Read<GatePolicy>(row.GetString(1))), cancel);
        return rows.Count == 0 ? null : rows[0];
    }

    private Task<GateEvaluation> WriteAsync(
        string sql, GateEvaluation evaluation, GateFacts facts, GatePolicy policy, Action<NpgsqlParameterCollection> last, CancellationToken cancel)
    {
        var arms = Encoding.UTF8.GetBytes(StoreJson.Write(facts.Arms));
        var hash = SHA256.HashData(arms);
        return database.InTransactionAsync(
            async connection =>
            {
                // Most readings of a day rest on the same arms: only the first packs them.
                var known = await connection.QueryAsync("SELECT 1 FROM gate_arms WHERE hash = $1", values => values.AddWithValue(hash), _ => true, cancel);
                if (known.Count == 0)
                    await connection.ExecuteAsync(
                        "INSERT INTO gate_arms (hash, arms) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                        values =>
                        {
                            values.AddWithValue(hash);
                            values.AddWithValue(Pack(arms));
                        },
                        cancel);
                var id = await connection.QueryAsync(
                    sql,
                    values =>
                    {
                        values.AddWithValue(NpgsqlDbType.Jsonb, StoreJson.Write(evaluation));
                        values.AddWithValue(NpgsqlDbType.Jsonb, StoreJson.Write(facts with { Arms = [] }));
                        values.AddWithValue(NpgsqlDbType.Jsonb, StoreJson.Write(policy));
                        values.AddWithValue(hash);
                        values.AddWithValue(evaluation.Until.ToUniversalTime());
                        values.AddWithValue(evaluation.Instance.Name);
                        last(values);
                    },
                    row => row.GetInt64(0), cancel);
                // What the row rested on before, unless another one does.
                if (known.Count == 0)
                    await connection.ExecuteAsync("DELETE FROM gate_arms a WHERE NOT EXISTS (SELECT 1 FROM gate_evaluations e WHERE e.arms_hash = a.hash)", _ => { }, cancel);
                await connection.NotifyAsync(new PortalEvent(PortalTopic.Gates, evaluation.Instance, id[0]), cancel);
                return evaluation with { Id = id[0] };
            },
            cancel);
    }

    internal static GateEvaluation Read(NpgsqlDataReader row) => StoreJson.Read<GateEvaluation>(row.GetString(1)) with
    {
        Id = row.GetInt64(0),
        From = row.GetFieldValue<DateTimeOffset>(2),
        Until = row.GetFieldValue<DateTimeOffset>(3),
        OperationId = row.GetOrNull<long>(4),
    };

    private static byte[] Pack(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var writer = new BrotliStream(packed, CompressionLevel.Fastest)) writer.Write(text);
        return packed.ToArray();
    }

    private static string Unpack(byte[] packed)
    {
        using var reader = new StreamReader(new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
