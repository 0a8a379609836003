namespace MigrationPortal.Domain.Jobs;

/// <summary>How far the past has been read, newest jobs first, and how long the rest will take. Times are the instance's, durations real.</summary>
/// <param name="Oldest">How far back it is wanted.</param>
/// <param name="Newest">Where it was begun.</param>
/// <param name="Reached">The oldest job read so far.</param>
/// <param name="Pages">Pages of jobs read so far.</param>
/// <param name="PagesPerSecond">What the budget left for it lately; 0 when nothing.</param>
public sealed record HistoryProgress(DateTimeOffset Oldest, DateTimeOffset Newest, DateTimeOffset Reached, bool IsComplete, long Pages, double PagesPerSecond)
{
    /// <summary>From 0 to 1, by time: days with more jobs take longer.</summary>
    public double Fraction => IsComplete ? 1 : Newest > Oldest ? Math.Clamp((Newest - Reached) / (Newest - Oldest), 0, 1) : 0;

    /// <summary>At the jobs a day read so far and the pages a second of late; null while either says nothing.</summary>
    public TimeSpan? Left => (Read: Newest - Reached, Pages, PagesPerSecond) switch
    {
        _ when IsComplete => TimeSpan.Zero,
        ({ Ticks: > 0 } read, > 0, > 0) => TimeSpan.FromSeconds(Math.Min(Pages / read.TotalDays * Math.Max(0, (Reached - Oldest).TotalDays) / PagesPerSecond, LongestSeconds)),
        _ => null,
    };

    private const double LongestSeconds = 10 * 365 * 86_400.0;
}
