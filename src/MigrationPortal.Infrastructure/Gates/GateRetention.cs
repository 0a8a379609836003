using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Gates;

/// <summary>
/// Thins what gates said long ago. For good stay the last evaluation of each step and UTC day, which holds every decision of a
/// planned look, and those because of which the portal began an operation; all of them with their evidence.
/// </summary>
internal sealed class GateRetention(Database database)
{
    /// <summary>So long every evaluation is kept.</summary>
    public static readonly TimeSpan Whole = TimeSpan.FromDays(90);

    /// <returns>How many were removed.</returns>
    public Task<int> ThinAsync(InstanceId instance, DateTimeOffset before, CancellationToken cancel) => database.InTransactionAsync(
        async connection =>
        {
            var removed = await connection.ExecuteAsync(
                """
                DELETE FROM gate_evaluations one
                WHERE instance = $1 AND until_at < $2 AND operation IS NULL AND EXISTS (
                    SELECT FROM gate_evaluations later
                    WHERE later.instance = one.instance AND later.id > one.id AND later.evaluation -> 'step' ->> 'key' = one.evaluation -> 'step' ->> 'key'
                        AND (later.until_at AT TIME ZONE 'UTC')::date = (one.until_at AT TIME ZONE 'UTC')::date)
                """,
                values =>
                {
                    values.AddWithValue(instance.Name);
                    values.AddWithValue(before.ToUniversalTime());
                },
                cancel);
            if (removed > 0) await connection.ExecuteAsync("DELETE FROM gate_arms a WHERE NOT EXISTS (SELECT FROM gate_evaluations e WHERE e.arms_hash = a.hash)", _ => { }, cancel);
            return removed;
        },
        cancel);
}
