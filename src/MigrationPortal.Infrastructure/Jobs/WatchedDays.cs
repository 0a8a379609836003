using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>
/// The days that jobs a day are computed from. A portal that has been watching for two days must not spread their jobs
/// over thirty; and while the past is being read, days of which only some jobs are known say nothing about how many there are.
/// </summary>
/// <param name="From">The first day that counts, in full.</param>
/// <param name="Count">What its and all later jobs are divided by: more than zero.</param>
internal readonly record struct WatchedDays(DateOnly From, double Count)
{
    /// <param name="since">From when on every job of the window is read, as <see cref="HistoryMark.CompleteSince"/> says.</param>
    public static async Task<WatchedDays> InAsync(Database database, InstanceId instance, TimeWindow window, DateTimeOffset since, CancellationToken cancel)
    {
        var isPart = since > window.From && since < window.To;
        var begin = isPart ? FirstWhole(since, window.To) : Day(window.From);
        var first = (await database.QueryAsync(
            "SELECT min(day) FROM rollup_day_class WHERE instance = (SELECT number FROM instances WHERE name = $1) AND day >= $2 AND jobs > 0",
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(begin);
            },
            row => row.GetOrNull<DateOnly>(0),
            cancel)).Single();
        if (first is not { } day) return new WatchedDays(begin, window.Days);
        var lower = isPart ? since : window.From;
        var from = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        return new WatchedDays(begin, new TimeWindow(from > lower ? from : lower, window.To) is { Length.Ticks: > 0 } seen ? seen.Days : window.Days);
    }

    /// <param name="whole">Jobs of the days that count.</param>
    /// <param name="all">Jobs of the window: what was seen before those days is at least as much as this.</param>
    public double PerDay(long whole, long all, TimeWindow window) => Math.Max(whole / Count, all / Math.Max(Count, window.Days));

    // Less than a day read: the running day as far as it is known is better than none.
    private static DateOnly FirstWhole(DateTimeOffset since, DateTimeOffset to)
    {
        var next = Day(since.AddDays(1).AddTicks(-1));
        return next <= Day(to.AddTicks(-1)) ? next : Day(since);
    }

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
