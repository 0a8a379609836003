using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>The day until which somebody asks to stay on docker.</summary>
internal static class MoreTime
{
    /// <summary>The person chooses another day, up to <see cref="ChangePin.Longest"/>.</summary>
    private static readonly TimeSpan Proposed = TimeSpan.FromDays(45);

    /// <param name="now">The instance's time.</param>
    /// <param name="end">The present one, from which on more time is proposed; null: from now on.</param>
    public static AskedDay Asked(DateTimeOffset now, DateTimeOffset? end = null)
    {
        var last = Day(now + ChangePin.Longest).AddDays(-1);
        var proposed = Day((end > now ? end.Value : now) + Proposed);
        return new AskedDay("On docker until the end of", Day(now), last, proposed > last ? last : proposed);
    }

    /// <summary>Its last minute: the day that is named everywhere is the day that was chosen.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => new(day, new TimeOnly(23, 59), TimeSpan.Zero);

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
