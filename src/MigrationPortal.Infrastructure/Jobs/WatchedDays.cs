using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Jobs;

/// <summary>What a window's jobs are divided by: a portal that has been watching for two days must not spread their jobs over thirty.</summary>
internal static class WatchedDays
{
    /// <returns>Days, more than zero: from the window's begin or the first day with jobs in it, whichever is later, to its end.</returns>
    public static async Task<double> InAsync(Database database, InstanceId instance, TimeWindow window, CancellationToken cancel)
    {
        var first = (await database.QueryAsync(
            "SELECT min(c.day) FROM rollup_day_class c JOIN instances i ON i.number = c.instance WHERE i.name = $1 AND c.day >= $2 AND c.jobs > 0",
            values =>
            {
                values.AddWithValue(instance.Name);
                values.AddWithValue(DateOnly.FromDateTime(window.From.UtcDateTime));
            },
            row => row.GetOrNull<DateOnly>(0),
            cancel)).Single();
        if (first is not { } day) return window.Days;
        var from = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        return new TimeWindow(from > window.From ? from : window.From, window.To) is { Length.Ticks: > 0 } seen ? seen.Days : window.Days;
    }
}
