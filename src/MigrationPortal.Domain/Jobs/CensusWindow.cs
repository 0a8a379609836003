using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Jobs;

/// <summary>How far back a plan looks for job classes.</summary>
public static class CensusWindow
{
    /// <summary>Two weeks: weekly schedules are in it twice. Proof of no use, which needs longer, has its own gate.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromDays(14);

    public static TimeWindow Until(DateTimeOffset now) => TimeWindow.Last(Length, now);
}
