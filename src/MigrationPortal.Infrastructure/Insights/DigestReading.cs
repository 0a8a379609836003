using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Store;

namespace MigrationPortal.Infrastructure.Insights;

/// <summary>What readers of digests share.</summary>
internal static class DigestReading
{
    /// <summary>When a day was last counted, in the instance's time; null before the first.</summary>
    public static async Task<DateTimeOffset?> CountedAtAsync(Database database, short instance, CancellationToken cancel) =>
        (await database.QueryAsync(
            "SELECT max(counted_at) FROM digest_days WHERE instance = $1", values => values.AddWithValue(instance), row => row.GetOrNull<DateTimeOffset>(0), cancel)).Single();

    /// <summary>
    /// The whole days of a window of which every job is read: what is there in part says nothing about how many there are.
    /// While not even the running day is whole, that day as far as it is known is better than none.
    /// </summary>
    /// <param name="since">From when on every job of the window is read.</param>
    public static TimeWindow Basis(TimeWindow window, DateTimeOffset since)
    {
        var begin = since <= window.From ? Floor(window.From) : Floor(since.AddDays(1).AddTicks(-1));
        var last = Floor(window.To.AddTicks(-1));
        return window with { From = begin < last ? begin : last };
    }

    public static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcDateTime.Date, TimeSpan.Zero);
}
