using Microsoft.EntityFrameworkCore;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Instances;

/// <summary>
/// The bucket is one row; refill, judgement, take and count are one statement, so replicas cannot overspend together. Every
/// request to GitLab passes here, so nobody waits for the disk: a crash forgets some milliseconds of requests. It never
/// joins a caller's transaction, because a request that was sent stays spent.
/// </summary>
internal sealed class BudgetStore(Database database) : IBudgetStore
{
    /// <summary>Whoever was put off longer ago than this has stopped asking.</summary>
    private static readonly TimeSpan StillAsked = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LookedBack = TimeSpan.FromDays(1);

    private const string Make = "INSERT INTO request_budgets (instance, lane, left_over, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";

    // A replica whose clock is behind must not move the bucket's time back: that would let the same seconds flow in twice.
    private const string Take =
        """
        WITH bucket AS (
            SELECT least($4, left_over + $3 * greatest(0, extract(epoch FROM $5 - at)::double precision)) AS there, greatest(at, $5) AS at, held_until
            FROM request_budgets WHERE instance = $1 AND lane = $2 FOR UPDATE
        ), judged AS (
            SELECT there, at, held_until, coalesce(held_until <= $5, true) AND there - $6 >= $7 - 1e-9 AS taken FROM bucket
        ), paid AS (
            UPDATE request_budgets SET left_over = judged.there - CASE WHEN judged.taken THEN $6 ELSE 0 END, at = judged.at
            FROM judged WHERE instance = $1 AND lane = $2
        ), counted AS (
            INSERT INTO request_spending AS old (instance, lane, purpose, minute, taken, put_off) SELECT $1, $2, $8, $9, $6, 0 FROM judged WHERE judged.taken
            ON CONFLICT (instance, minute, lane, purpose) DO UPDATE SET taken = old.taken + excluded.taken
        )
        SELECT there, held_until, taken, set_config('synchronous_commit', 'off', true) FROM judged
        """;

    public async Task<TimeSpan> TakeAsync(
        InstanceId instance, RequestLane lane, string purpose, int requests, BudgetLimit limit, DateTimeOffset now, CancellationToken cancel)
    {
        if (requests > limit.Burst)
            throw new ArgumentOutOfRangeException(nameof(requests), $"{requests} requests never fit a burst of {limit.Burst}.");
        var keeps = RequestPurpose.Of(purpose).Keeps(limit, requests);
        while (true)
        {
            var judged = await database.QueryAloneAsync(
                Take,
                values =>
                {
                    values.AddWithValue(instance.Name);
                    values.AddWithValue((int)lane);
                    values.AddWithValue(limit.PerSecond);
                    values.AddWithValue(limit.Burst);
                    values.AddWithValue(now.ToUniversalTime());
                    values.AddWithValue((double)requests);
                    values.AddWithValue(keeps);
                    values.AddWithValue(purpose);
                    values.AddWithValue(MinuteOf(now));
                },
                row => (There: row.GetDouble(0), HeldUntil: row.GetOrNull<DateTimeOffset>(1), Taken: row.GetBoolean(2)),
                cancel);
            if (judged is [var bucket])
            {
                if (bucket.Taken) return TimeSpan.Zero;
                var flows = TimeSpan.FromSeconds(Math.Max(0, (requests + keeps - bucket.There) / limit.PerSecond));
                return bucket.HeldUntil > now ? Longer(bucket.HeldUntil.Value - now, flows) : flows;
            }
            await database.QueryAloneAsync(
                Make,
                values =>
                {
                    values.AddWithValue(instance.Name);
                    values.AddWithValue((int)lane);
                    values.AddWithValue(limit.Burst);
                    values.AddWithValue(now.ToUniversalTime());
                },
                row => 0,
                cancel);
        }
    }

    public Task PutOffAsync(InstanceId instance, RequestLane lane, string purpose, DateTimeOffset now, CancellationToken cancel) => database.QueryAloneAsync(
        """
        INSERT INTO request_spending AS old (instance, lane, purpose, minute, taken, put_off) VALUES ($1, $2, $3, $4, 0, 1)
        ON CONFLICT (instance, minute, lane, purpose) DO UPDATE SET put_off = old.put_off + 1
        """,
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue((int)lane);
            values.AddWithValue(purpose);
            values.AddWithValue(MinuteOf(now));
        },
        row => 0,
        cancel);

    public async Task<BudgetWaits> WaitsAsync(InstanceId instance, DateTimeOffset now, CancellationToken cancel)
    {
        var held = await database.QueryAsync(
            "SELECT held_until FROM request_budgets WHERE instance = $1 AND lane = $2 AND held_until > $3",
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue((int)RequestLane.Monitoring);
                values.AddWithValue(now.ToUniversalTime());
            },
            row => row.GetFieldValue<DateTimeOffset>(0),
            cancel);
        var since = await database.QueryAsync(
            """
            SELECT purpose, min(minute) FILTER (WHERE put_off > 0 AND minute > coalesce(taken_at, '-infinity')) AS since
            FROM (SELECT purpose, minute, put_off, max(minute) FILTER (WHERE taken > 0) OVER (PARTITION BY purpose) AS taken_at
                FROM request_spending WHERE instance = $1 AND lane = $2 AND minute > $3) AS counts
            GROUP BY purpose HAVING max(minute) FILTER (WHERE put_off > 0 AND minute > coalesce(taken_at, '-infinity')) > $4
            """,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue((int)RequestLane.Monitoring);
                values.AddWithValue((now - LookedBack).ToUniversalTime());
                values.AddWithValue((now - StillAsked).ToUniversalTime());
            },
            row => (Purpose: row.GetString(0), Since: row.GetFieldValue<DateTimeOffset>(1)),
            cancel);
        return new BudgetWaits(held is [var until] ? until : null, since.ToDictionary(one => one.Purpose, one => one.Since));
    }

    public Task HoldAsync(InstanceId instance, RequestLane lane, DateTimeOffset until, CancellationToken cancel) => database.ExecuteAsync(
        """
        INSERT INTO request_budgets AS old (instance, lane, left_over, at, held_until) VALUES ($1, $2, 0, $3, $3)
        ON CONFLICT (instance, lane) DO UPDATE SET held_until = greatest(old.held_until, $3)
        """,
        values =>
        {
            values.AddWithValue(instance.Name);
            values.AddWithValue((int)lane);
            values.AddWithValue(until.ToUniversalTime());
        },
        cancel);

    public Task<IReadOnlyList<BudgetSpending>> SpendingAsync(InstanceId instance, TimeWindow minutes, CancellationToken cancel) =>
        database.WithContextAsync<IReadOnlyList<BudgetSpending>>(
            async context => (await context.Spendings.Where(row => row.Instance == instance && row.Minute >= minutes.From.ToUniversalTime() && row.Minute < minutes.To.ToUniversalTime())
                    .GroupBy(row => new { row.Lane, row.Purpose })
                    .Select(rows => new { rows.Key.Lane, rows.Key.Purpose, Taken = rows.Sum(row => row.Taken), PutOff = rows.Sum(row => row.PutOff) })
                    .OrderBy(row => row.Lane).ThenBy(row => row.Purpose).ToListAsync(cancel))
                .ConvertAll(row => new BudgetSpending(row.Lane, row.Purpose, row.Taken, row.PutOff)),
            cancel);

    public Task<int> RemoveSpendingAsync(DateTimeOffset before, CancellationToken cancel) =>
        database.ExecuteAsync("DELETE FROM request_spending WHERE minute < $1", values => values.AddWithValue(before.ToUniversalTime()), cancel);

    private static DateTimeOffset MinuteOf(DateTimeOffset at) => at.ToUniversalTime().AddTicks(-(at.UtcTicks % TimeSpan.TicksPerMinute));

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
