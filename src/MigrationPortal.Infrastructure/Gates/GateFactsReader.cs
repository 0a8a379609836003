using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Insights;
using MigrationPortal.Infrastructure.Instances;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Gates;

/// <summary>From rollups and digests: nothing that a reading takes grows with the number of jobs.</summary>
internal sealed class GateFactsReader(
    Database database, InstanceNumbers instances, DigestDays digests, IJobCollection collection, IPendingReader pending, IFleetStore fleet, IRunnerHistory history, ITagsAway tags, IProjectStore projects, IMoveReader moves, IWorldClock clock) : IGateFacts
{
    private const long LeastJobsOfName = Regressions.LeastJobs;
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    public async Task<GateFacts> ReadAsync(InstanceId instance, GateStep step, GatePolicy policy, string? fallbackTag, CancellationToken cancel)
    {
        var (now, number) = (clock.Now(instance), await instances.NumberAsync(instance, cancel));
        var today = DigestReading.Day(now);
        var from = LookPlan.Of(step, policy)?.EvidenceFrom ?? today.AddDays(-7);
        if (from > today) from = today;
        var snapshot = await fleet.LatestAsync(instance, cancel);
        var facts = new GateFacts(
            step, now, await CompleteSinceAsync(instance, from, today, cancel), await ArmsAsync(number, from, today, cancel),
            await CollectionAsync(instance, number, from, today, cancel), await PendingAsync(instance, snapshot, now, policy, cancel),
            await TimesAsync(instance, number, step.Since ?? now, now, cancel), await FallbackAsync(number, fallbackTag, today, cancel), Capacity(snapshot), null);
        var suspects = HeterogeneityGate.Suspects(facts, policy);
        return suspects.Count == 0 ? facts : facts with { Names = await NameDays.ReadAsync(database, number, suspects, from, today, cancel) };
    }

    // A day that is not counted as it is now known is as good as not read.
    private async Task<DateTimeOffset> CompleteSinceAsync(InstanceId instance, DateOnly from, DateOnly today, CancellationToken cancel)
    {
        var unread = (await collection.UnreadAsync(instance, cancel)).Where(one => one.From < Midnight(today)).Select(one => (DateTimeOffset?)one.To).Max();
        var stale = (await digests.ChangedAsync(instance, from, cancel)).Where(day => day < today).Select(day => (DateTimeOffset?)Midnight(day.AddDays(1))).Max();
        return new[] { unread, stale }.Max() ?? DateTimeOffset.MinValue;
    }

    private async Task<IReadOnlyList<ArmDay>> ArmsAsync(short number, DateOnly from, DateOnly today, CancellationToken cancel) => await database.QueryAsync(
        """
        SELECT project, day, kubernetes_finished, kubernetes_failed, kubernetes_infrastructure, kubernetes_unread, docker_finished, docker_failed, docker_infrastructure, docker_unread, array_to_string(t.tags, ',')
        FROM digest_day_arm a LEFT JOIN tag_sets t ON t.id = a.tag_set AND a.tag_set <> 0 WHERE instance = $1 AND day >= $2 AND day < $3 ORDER BY day, project, tag_set
        """,
        values =>
        {
            values.AddWithValue(number);
            values.AddWithValue(from);
            values.AddWithValue(today);
        },
        row => new ArmDay(row.GetInt64(0), row.GetFieldValue<DateOnly>(1), Counts(row, 2), Counts(row, 6), row.GetTextOrNull(10)),
        cancel);

    private static ArmCounts Counts(NpgsqlDataReader row, int column) => new(row.GetInt32(column), row.GetInt32(column + 1), row.GetInt32(column + 2), row.GetInt32(column + 3));

    private async Task<CollectionFacts> CollectionAsync(InstanceId instance, short number, DateOnly from, DateOnly today, CancellationToken cancel)
    {
        var (finished, known, missing) = (await database.QueryAsync(
            $"""
            SELECT coalesce(sum(jobs), 0)::bigint, coalesce(sum(jobs) FILTER (WHERE w.word <> 'unknown'), 0)::bigint,
                coalesce(sum(jobs) FILTER (WHERE kind = {(int)FailureKind.NotYetKnown}), 0)::bigint
            FROM rollup_day_reason r JOIN words w ON w.id = r.executor WHERE instance = $1 AND day BETWEEN $2 AND $3
            """,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(from);
                values.AddWithValue(today);
            },
            row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancel)).Single();
        return new CollectionFacts(finished, known, missing, await collection.LookedAtAsync(instance, cancel));
    }

    private async Task<PendingFacts> PendingAsync(InstanceId instance, FleetSnapshot? snapshot, DateTimeOffset now, GatePolicy policy, CancellationToken cancel)
    {
        var classes = await pending.ClassesAsync(instance, [now - policy.StuckAfter], cancel);
        var known = await projects.FindAsync([.. classes.Select(one => one.Project).Distinct()], cancel);
        var carried = await history.TagsCarriedAsync(instance, cancel);
        var away = snapshot is null ? null : await tags.ReadAsync(snapshot, now, cancel);
        return classes.Aggregate(
            new PendingFacts(0, 0, 0),
            (sum, one) => sum.With(
                PendingDiagnosis.Of(one.Tags, one.Protected, one.Project, known.GetValueOrDefault(one.Project)?.Access, snapshot, away).Reason, one.Tags, carried, one.Jobs, one.QueuedBy[0]));
    }

    private async Task<TimeFacts> TimesAsync(InstanceId instance, short number, DateTimeOffset since, DateTimeOffset now, CancellationToken cancel)
    {
        var after = new TimeWindow(now - since > Week ? now - Week : since, now);
        var ratios = (await moves.PairedMediansAsync(instance, LeastJobsOfName, cancel)).Select(pair => pair.Kubernetes / pair.Docker).Order().ToList();
        return new TimeFacts(
            await QueuedAsync(number, new TimeWindow(since - Week, since), cancel), await QueuedAsync(number, after, cancel), ratios.Count == 0 ? null : ratios[(ratios.Count - 1) / 2], ratios.Count);
    }

    private async Task<double?> QueuedAsync(short number, TimeWindow window, CancellationToken cancel)
    {
        var sums = new long[TimeHistogram.Buckets];
        foreach (var hour in await database.QueryAsync(
            "SELECT queued FROM rollup_hour_start WHERE instance = $1 AND hour >= $2 AND hour < $3",
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(window.From.ToUniversalTime());
                values.AddWithValue(window.To.ToUniversalTime());
            },
            row => row.GetFieldValue<long[]>(0), cancel))
            for (var bucket = 0; bucket < hour.Length; bucket++) sums[bucket] += hour[bucket];
        return TimeHistogram.Percentile(sums, 0.95);
    }

    private async Task<FallbackFacts> FallbackAsync(short number, string? tag, DateOnly today, CancellationToken cancel)
    {
        if (tag is null) return new FallbackFacts(null, 0, 0);
        return (await database.QueryAsync(
            """
            SELECT coalesce(sum(jobs) FILTER (WHERE t.tags @> ARRAY[$4]), 0)::bigint, coalesce(sum(jobs), 0)::bigint
            FROM rollup_day_tags r JOIN tag_sets t ON t.id = r.tag_set WHERE instance = $1 AND day >= $2 AND day < $3
            """,
            values =>
            {
                values.AddWithValue(number);
                values.AddWithValue(today.AddDays(-7));
                values.AddWithValue(today);
                values.AddWithValue(tag);
            },
            row => new FallbackFacts(tag, row.GetInt64(0), row.GetInt64(1)), cancel)).Single();
    }

    private static CapacityFacts Capacity(FleetSnapshot? snapshot)
    {
        var runners = snapshot?.Managed(RunnerRole.Kubernetes).Where(runner => !runner.Attributes.Paused).ToList() ?? [];
        return new CapacityFacts(runners.Count, runners.Count(runner => JobMatcher.InContact(runner.Observed, snapshot!.TakenAt)));
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
