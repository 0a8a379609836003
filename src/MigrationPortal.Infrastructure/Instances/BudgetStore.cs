using Microsoft.EntityFrameworkCore;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;
using Npgsql;

namespace MigrationPortal.Infrastructure.Instances;

/// <summary>The bucket is one row; refill and take are one statement, so replicas cannot overspend together.</summary>
internal sealed class BudgetStore(Database database) : IBudgetStore
{
    public Task<TimeSpan> TakeAsync(
        InstanceId instance, RequestLane lane, string purpose, int requests, BudgetLimit limit, DateTimeOffset now, CancellationToken cancel)
    {
        if (requests > limit.Burst)
            throw new ArgumentOutOfRangeException(nameof(requests), $"{requests} requests never fit a burst of {limit.Burst}.");
        return database.InTransactionAsync(
            async connection =>
            {
                var (left, heldUntil) = await RefillAsync(connection, instance, lane, limit, now.ToUniversalTime(), cancel);
                var wait = heldUntil > now ? heldUntil.Value - now : TimeSpan.Zero;
                if (left < requests) wait = Longer(wait, TimeSpan.FromSeconds((requests - left) / limit.PerSecond));
                var taken = wait == TimeSpan.Zero;
                if (!taken) return wait;
                await connection.ExecuteAsync(
                    "UPDATE request_budgets SET left_over = left_over - $3 WHERE instance = $1 AND lane = $2",
                    values =>
                    {
                        values.AddWithValue(instance.Name);
                        values.AddWithValue((int)lane);
                        values.AddWithValue((double)requests);
                    },
                    cancel);
                await CountAsync(connection, instance, lane, purpose, requests, 0, now, cancel);
                return wait;
            },
            cancel);
    }

    public Task PutOffAsync(InstanceId instance, RequestLane lane, string purpose, DateTimeOffset now, CancellationToken cancel) =>
        database.InTransactionAsync(connection => CountAsync(connection, instance, lane, purpose, 0, 1, now, cancel), cancel);

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

    // A replica whose clock is behind must not move the bucket's time back: that would let the same seconds flow in twice.
    private static async Task<(double Left, DateTimeOffset? HeldUntil)> RefillAsync(
        NpgsqlConnection connection, InstanceId instance, RequestLane lane, BudgetLimit limit, DateTimeOffset now, CancellationToken cancel) =>
        (await connection.QueryAsync(
            """
            INSERT INTO request_budgets AS old (instance, lane, left_over, at) VALUES ($1, $2, $4, $5)
            ON CONFLICT (instance, lane) DO UPDATE
            SET left_over = least($4, old.left_over + $3 * greatest(0, extract(epoch FROM $5 - old.at)::double precision)), at = greatest(old.at, $5)
            RETURNING left_over, held_until
            """,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue((int)lane);
                values.AddWithValue(limit.PerSecond);
                values.AddWithValue(limit.Burst);
                values.AddWithValue(now);
            },
            row => (row.GetDouble(0), row.GetOrNull<DateTimeOffset>(1)),
            cancel)).Single();

    private static Task<int> CountAsync(
        NpgsqlConnection connection, InstanceId instance, RequestLane lane, string purpose, int taken, int putOff, DateTimeOffset now, CancellationToken cancel) =>
        connection.ExecuteAsync(
            """
            INSERT INTO request_spending AS old (instance, lane, purpose, minute, taken, put_off) VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (instance, minute, lane, purpose) DO UPDATE SET taken = old.taken + excluded.taken, put_off = old.put_off + excluded.put_off
            """,
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue((int)lane);
                values.AddWithValue(purpose);
                values.AddWithValue(now.ToUniversalTime().AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)));
                values.AddWithValue((long)taken);
                values.AddWithValue((long)putOff);
            },
            cancel);

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
