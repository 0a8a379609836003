using MigrationPortal.Domain.Plans;
using MigrationPortal.Infrastructure.Store;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Plans;

/// <summary>The steps of operations, a row each. What did not change is not written.</summary>
internal static class OperationSteps
{
    // MERGE and not ON CONFLICT: that one locks, and so writes, each row it meets. The row of the operation is locked before.
    private const string Merge =
        """
        MERGE INTO operation_steps AS there
        USING (SELECT position, document::jsonb AS document FROM unnest($2, $3) AS given (position, document)) AS given
        ON there.operation_id = $1 AND there.position = given.position
        WHEN MATCHED AND there.document IS DISTINCT FROM given.document THEN UPDATE SET document = given.document
        WHEN NOT MATCHED THEN INSERT (operation_id, position, document) VALUES ($1, given.position, given.document)
        """;

    private const string Cut = "DELETE FROM operation_steps WHERE operation_id = $1 AND position >= $2";

    private const string Changed =
        """
        SELECT later.id FROM operations AS later
        WHERE later.instance = $1 AND later.id > $2 AND later.state <> 'RolledBack' AND NOT later.head ? 'brownout' AND EXISTS (
            SELECT FROM operation_steps AS step
            WHERE step.operation_id = later.id AND step.document ? 'found' AND NOT (step.document -> 'isRollBack')::boolean
                AND step.document -> 'step' ->> 'runner' = ANY ($3))
        ORDER BY later.id DESC LIMIT 1
        """;

    /// <param name="before">The steps as the table holds them, where that is known: what is still the same object is not sent.</param>
    public static async Task WriteAsync(Database database, long operation, IReadOnlyList<OperationStep> steps, IReadOnlyList<OperationStep>? before, CancellationToken cancel)
    {
        var changed = Enumerable.Range(0, steps.Count).Where(at => before is null || at >= before.Count || !ReferenceEquals(steps[at], before[at])).ToArray();
        if (changed.Length > 0)
            await database.ExecuteAsync(
                Merge,
                values =>
                {
                    values.AddWithValue(operation);
                    values.AddWithValue(changed);
                    values.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Text, changed.Select(at => StoreJson.Write(steps[at])).ToArray());
                },
                cancel);
        if (before is not null && before.Count <= steps.Count) return;
        await database.ExecuteAsync(
            Cut,
            values =>
            {
                values.AddWithValue(operation);
                values.AddWithValue(steps.Count);
            },
            cancel);
    }

    /// <summary>The newest later operation that wrote to one of the runners that this one wrote to.</summary>
    public static async Task<long?> ChangedAgainAsync(Database database, Operation operation, CancellationToken cancel)
    {
        var found = await database.QueryAsync(
            Changed,
            values =>
            {
                values.AddWithValue(operation.Instance.Name);
                values.AddWithValue(operation.Id);
                values.AddWithValue(operation.Originals().Keys.Select(runner => runner.ToString()).ToArray());
            },
            reader => reader.GetInt64(0),
            cancel);
        return found.Count == 0 ? null : found[0];
    }
}
