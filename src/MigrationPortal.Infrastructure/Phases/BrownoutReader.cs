using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Phases;

/// <summary>Brownouts as their operations know them, and the jobs that waited for one.</summary>
internal sealed class BrownoutReader(Database database, InstanceNumbers instances) : IBrownoutReader
{
    /// <summary>A job that waits for a runner was made at most so long before: GitLab drops it after an hour, its stages before may take longer.</summary>
    private static readonly TimeSpan Made = TimeSpan.FromDays(1);

    public async Task<IReadOnlyList<Brownout>> WithinAsync(InstanceId instance, TimeWindow window, CancellationToken cancel)
    {
        var heads = await database.QueryAsync(
            "SELECT id, head::text FROM operations WHERE instance = $1 AND head ? 'brownout' ORDER BY id",
            values => values.AddWithValue(instance.Name),
            row => (Id: row.GetInt64(0), Head: StoreJson.Read<OperationHead>(row.GetString(1))),
            cancel);
        return
        [
            .. heads.Select(one => new Brownout(one.Id, instance, one.Head.Brownout!.Tag, one.Head.StartedAt, one.Head.Brownout.Until, one.Head.Brownout.ReturnedAt))
                .Where(one => one.From < window.To && !(one.ReturnedAt < window.From)),
        ];
    }

    public async Task<BrownoutWaits> WaitsAsync(Brownout brownout, DateTimeOffset now, CancellationToken cancel)
    {
        var end = brownout.ReturnedAt ?? now;
        var where = new SqlWhere().And("j.instance = {0}", await instances.NumberAsync(brownout.Instance, cancel)).And(JobReader.Tagged("j.tag_set", brownout.Tag), brownout.Tag)
            .And("j.created_at >= {0}", brownout.From - Made).And("coalesce(j.queued_at, j.created_at) < {0}", end);
        // Before GitLab 19.1 a job without a runner fails for the reason of stuck and timed out ones, an infrastructure one.
        var (pending, failed, dropped) = (where.Value((short)JobStatus.Pending), where.Value((short)JobStatus.Failed), where.Value(new[] { (short)FailureKind.NoRunner, (short)FailureKind.Infrastructure }));
        // Started after it, waiting still, or ended in or after it without ever starting.
        where.And($"(j.started_at >= {where.Value(end)} OR j.started_at IS NULL AND (j.status = {pending} OR j.finished_at > {where.Value(brownout.From)}))");
        var at = where.Value(now);
        var waited = $"coalesce(j.started_at, j.finished_at, {at}) - coalesce(j.queued_at, j.created_at)";
        var rows = await database.QueryAsync(
            $"""
            SELECT count(*), count(*) FILTER (WHERE j.started_at IS NULL AND j.status = {pending}), count(*) FILTER (WHERE j.started_at IS NULL AND j.status = {failed} AND j.kind = ANY ({dropped})),
                coalesce(avg({waited}), interval '0'), coalesce(max({waited}), interval '0')
            FROM jobs j WHERE {where}
            """,
            where.Fill,
            row => new BrownoutWaits(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetTimeSpan(3), row.GetTimeSpan(4)),
            cancel);
        return rows[0];
    }
}
