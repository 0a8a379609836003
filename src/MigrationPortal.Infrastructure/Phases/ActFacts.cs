using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Infrastructure.Gates;
using MigrationPortal.Infrastructure.Plans;
using MigrationPortal.Infrastructure.Store;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Phases;

/// <summary>Adds to a page of acts what they are explained from, a statement for each kind of fact.</summary>
internal static class ActFacts
{
    // Later: what has written to one of its runners since, as roll back asks it.
    private const string Operations =
        """
        SELECT o.id, o.state, o.version, o.head::text,
            ARRAY(SELECT DISTINCT s.document -> 'step' ->> 'runnerName' FROM operation_steps s WHERE s.operation_id = o.id AND s.document ? 'found' AND NOT (s.document -> 'isRollBack')::boolean ORDER BY 1),
            (SELECT max(later.id) FROM operations later JOIN operation_steps again ON again.operation_id = later.id
                WHERE later.instance = o.instance AND later.id > o.id AND later.state <> 'RolledBack' AND NOT later.head ? 'brownout'
                    AND again.document ? 'found' AND NOT (again.document -> 'isRollBack')::boolean
                    AND again.document -> 'step' ->> 'runner' IN (SELECT s.document -> 'step' ->> 'runner' FROM operation_steps s WHERE s.operation_id = o.id AND s.document ? 'found'))
        FROM operations o WHERE o.id = ANY ($1)
        """;

    public static async Task<IReadOnlyList<AutomaticAct>> WithAsync(Database database, List<ActRow> rows, CancellationToken cancel)
    {
        var named = rows.Select(row => row.Operation).OfType<long>().Distinct().ToArray();
        var operations = (await QueryAsync(Operations, named, row => new ActOperation(
            OperationStore.Read(row.GetInt64(0), Enum.Parse<OperationState>(row.GetString(1)), row.GetInt64(2), row.GetString(3)), row.GetFieldValue<string[]>(4), row.GetOrNull<long>(5)))).ToDictionary(one => one.Head.Id);
        var gates = (await QueryAsync($"SELECT {GateStore.Columns} FROM gate_evaluations WHERE operation = ANY ($1) ORDER BY id", named, GateStore.Read)).DistinctBy(one => one.OperationId).ToDictionary(one => one.OperationId!.Value);
        var held = (await QueryAsync($"SELECT {GateStore.Columns} FROM gate_evaluations WHERE id = ANY ($1)", Numbers("gates"), GateStore.Read)).ToDictionary(one => one.Id);
        var acted = await QueryAsync("SELECT id, evaluation FROM guard_evaluations WHERE operation = ANY ($1) ORDER BY id", named, GuardStore.Read);
        var alerted = (await QueryAsync("SELECT id, evaluation FROM guard_evaluations WHERE id = ANY ($1)", Numbers("guard"), GuardStore.Read)).ToDictionary(one => one.Id);
        var flips = (await ScheduleStore.FindAsync(database, Numbers("schedule"), cancel)).ToDictionary(one => one.Id);
        return
        [
            .. rows.Select(row => new AutomaticAct(
                row.Kind, row.Record, row.Operation is { } id ? operations.GetValueOrDefault(id) : null,
                GatesOf(row), GuardOf(row), row.NumberOf("schedule") is { } flip ? flips.GetValueOrDefault(flip) : null)
            {
                RefusedPlan = row.RefusedPlan,
            }),
        ];

        GateEvaluation? GatesOf(ActRow row) => row switch
        {
            { Kind: ActKind.Flip, Operation: { } begun } => gates.GetValueOrDefault(begun),
            { Kind: ActKind.Held } when row.NumberOf("gates") is { } evaluation => held.GetValueOrDefault(evaluation),
            _ => null,
        };

        GuardEvaluation? GuardOf(ActRow row) => row.Kind switch
        {
            ActKind.Alert => row.NumberOf("guard") is { } id ? alerted.GetValueOrDefault(id) : null,
            ActKind.RollBack => acted.Find(one => one.OperationId == row.Operation && one.Act == GuardAct.RollBack),
            ActKind.Evacuation => acted.Find(one => one.OperationId == row.Operation && one.Act == GuardAct.Evacuate),
            _ => null,
        };

        long[] Numbers(string word) => [.. rows.Select(row => row.NumberOf(word)).OfType<long>().Distinct()];

        Task<List<T>> QueryAsync<T>(string sql, long[] ids, Func<Npgsql.NpgsqlDataReader, T> read) =>
            ids.Length == 0 ? Task.FromResult(new List<T>()) : database.QueryAsync(sql, values => values.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Bigint, ids), read, cancel);
    }
}
