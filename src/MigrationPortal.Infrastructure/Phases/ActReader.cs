using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;
using NpgsqlTypes;

namespace MigrationPortal.Infrastructure.Phases;

/// <summary>
/// The audit trail's automatic entries, each with what it is explained from. A plan that was made changes nothing, what
/// an external gate answered is no act of the portal, and an operation's end none of its own, but for a brownout's, which is the
/// return of the tag.
/// </summary>
internal sealed class ActReader(Database database) : IActReader
{
    // The operation is the entry's subject, or what it began or watched over. The texts beside the entry are JSON of the portal's own.
    private const string Acts =
        """
        WITH entries AS (
            SELECT a.*, CASE WHEN a.what IN ('schedule.due', 'guard.alert') THEN (a.after::jsonb ->> 'operation')::bigint ELSE substring(a.subject FROM '^operation/(\d+)$')::bigint END AS operation
            FROM audit_entries a
            WHERE a.instance = $1 AND (a.who = 'portal' OR a.what IN ('automation.start', 'automation.stop')) AND a.sequence < $2 AND a.at >= $3 AND a.at < $4),
        acts AS (
            SELECT a.*, CASE
                WHEN a.what IN ('automation.start', 'automation.stop') THEN 'Switch'
                WHEN a.what = 'guard.alert' THEN 'Alert'
                WHEN a.what IN ('schedule.held', 'step.held', 'plan.held') THEN 'Held'
                WHEN a.what = 'schedule.due' AND a.operation IS NULL AND a.why ~ '^Refused \((gates-hold|approvals-missing|change-reference-missing)\)' THEN 'Held'
                WHEN a.what = 'schedule.due' AND a.operation IS NULL THEN 'MissedFlip'
                WHEN o.head ? 'brownout' THEN 'Brownout'
                WHEN a.what = 'schedule.due' THEN 'ScheduledFlip'
                WHEN a.what = 'operation.roll-back' THEN 'RollBack'
                WHEN a.what = 'operation.halted' THEN 'Halt'
                WHEN a.what = 'plan.apply' THEN (SELECT CASE WHEN p.document ->> 'target' LIKE '{"evacuate":%' THEN 'Evacuation' WHEN p.document ->> 'target' LIKE '{"runners":%' THEN 'Heal' ELSE 'Flip' END FROM plans p WHERE p.id = o.plan_id)
                ELSE 'Other'
            END AS kind
            FROM entries a LEFT JOIN operations o ON o.id = a.operation
            WHERE a.what NOT IN ('plan.make', 'gates.external.answer') AND (a.what NOT IN ('operation.succeeded', 'operation.rolled-back') OR o.head ? 'brownout'))
        SELECT kind, sequence, at, instance, who, what, subject, why, before, after, hash, operation, CASE what WHEN 'schedule.due' THEN (after::jsonb ->> 'plan')::bigint WHEN 'plan.held' THEN substring(subject FROM '^plan/(\d+)$')::bigint END
        FROM acts WHERE cardinality($5) = 0 OR kind = ANY ($5) ORDER BY sequence DESC LIMIT $6
        """;

    public async Task<IReadOnlyList<AutomaticAct>> NewestAsync(ActQuery query, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(query);
        var found = await database.QueryAsync(
            Acts,
            values =>
            {
                values.AddWithValue(query.Instance.Name);
                values.AddWithValue(query.Before ?? long.MaxValue);
                values.AddWithValue((query.From ?? DateTimeOffset.MinValue).ToUniversalTime());
                values.AddWithValue((query.To ?? DateTimeOffset.MaxValue).ToUniversalTime());
                values.AddWithValue(NpgsqlDbType.Array | NpgsqlDbType.Text, query.Kinds.Select(kind => kind.ToString()).ToArray());
                values.AddWithValue(query.Limit);
            },
            Read, cancel);
        return await ActFacts.WithAsync(database, found, cancel);
    }

    private static ActRow Read(NpgsqlDataReader row) => new(
        Enum.Parse<ActKind>(row.GetString(0)),
        new AuditRecord(
            row.GetInt64(1),
            new AuditEntry(row.GetFieldValue<DateTimeOffset>(2), new InstanceId(row.GetString(3)), ActorText.Read(row.GetString(4)), row.GetString(5), row.GetString(6), row.GetTextOrNull(7), row.GetTextOrNull(8), row.GetTextOrNull(9)),
            row.GetString(10)),
        row.GetOrNull<long>(11), row.GetOrNull<long>(12));
}

internal sealed record ActRow(ActKind Kind, AuditRecord Record, long? Operation, long? RefusedPlan)
{
    /// <summary>The number of a subject such as <c>guard/7</c>; null for other subjects.</summary>
    public long? NumberOf(string word) => Record.Entry.Subject.Split('/') is [var what, var number] && what == word && long.TryParse(number, out var id) ? id : null;
}
