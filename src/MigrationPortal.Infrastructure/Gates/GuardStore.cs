using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Gates;

internal sealed class GuardStore(Database database) : IGuardStore
{
    private const string None = nameof(GuardAct.None);

    public async Task<GuardEvaluation?> LatestAsync(InstanceId instance, CancellationToken cancel) => (await NewestAsync(instance, 1, null, cancel)).SingleOrDefault();

    public Task<GuardEvaluation> AddAsync(GuardEvaluation evaluation, GuardFacts facts, CancellationToken cancel) => database.InTransactionAsync(
        async connection =>
        {
            if (evaluation.Act == GuardAct.None)
                await connection.ExecuteAsync(
                    "DELETE FROM guard_evaluations WHERE instance = $1 AND act = $2",
                    values =>
                    {
                        values.AddWithValue(evaluation.Instance.Name);
                        values.AddWithValue(None);
                    },
                    cancel);
            var id = await connection.QueryAsync(
                "INSERT INTO guard_evaluations (instance, at, act, operation, evaluation, facts) VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
                values =>
                {
                    values.AddWithValue(evaluation.Instance.Name);
                    values.AddWithValue(evaluation.At.ToUniversalTime());
                    values.AddWithValue(evaluation.Act.ToString());
                    values.AddWithValue(NpgsqlDbType.Bigint, (object?)evaluation.OperationId ?? DBNull.Value);
                    values.AddWithValue(NpgsqlDbType.Jsonb, StoreJson.Write(evaluation));
                    values.AddWithValue(NpgsqlDbType.Jsonb, StoreJson.Write(facts));
                },
                row => row.GetInt64(0), cancel);
            await connection.NotifyAsync(new PortalEvent(PortalTopic.Gates, evaluation.Instance, null), cancel);
            return evaluation with { Id = id[0] };
        },
        cancel);

    public Task SaveDoneAsync(GuardEvaluation evaluation, CancellationToken cancel) => database.InTransactionAsync(
        connection => connection.ExecuteAsync(
            "UPDATE guard_evaluations SET operation = $1, evaluation = $2 WHERE id = $3",
            values =>
            {
                values.AddWithValue(NpgsqlDbType.Bigint, (object?)evaluation.OperationId ?? DBNull.Value);
                values.AddWithValue(NpgsqlDbType.Jsonb, StoreJson.Write(evaluation));
                values.AddWithValue(evaluation.Id);
            },
            cancel),
        cancel);

    public async Task<GuardFacts?> EvidenceAsync(long id, CancellationToken cancel) => (await database.QueryAsync(
        "SELECT facts FROM guard_evaluations WHERE id = $1", values => values.AddWithValue(id), row => StoreJson.Read<GuardFacts>(row.GetString(0)), cancel)).SingleOrDefault();

    public async Task<IReadOnlyList<GuardEvaluation>> NewestAsync(InstanceId instance, int limit, long? before, CancellationToken cancel) => await database.QueryAsync(
        "SELECT id, evaluation FROM guard_evaluations WHERE instance = $1 AND id < $2 ORDER BY id DESC LIMIT $3",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(before ?? long.MaxValue);
            values.AddWithValue(limit);
        },
        Read, cancel);

    public async Task<IReadOnlyList<GuardEvaluation>> ActedSinceAsync(InstanceId instance, DateTimeOffset since, CancellationToken cancel) => await database.QueryAsync(
        "SELECT id, evaluation FROM guard_evaluations WHERE instance = $1 AND at >= $2 AND operation IS NOT NULL ORDER BY id DESC",
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue(since.ToUniversalTime());
        },
        Read, cancel);

    internal static GuardEvaluation Read(NpgsqlDataReader row) => StoreJson.Read<GuardEvaluation>(row.GetString(1)) with { Id = row.GetInt64(0) };
}
