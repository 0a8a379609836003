using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>The day until which somebody asks to stay on docker.</summary>
internal static class MoreTime
{
    /// <summary>The person chooses another day, up to <see cref="ChangePin.Longest"/>.</summary>
    private static readonly TimeSpan Proposed = TimeSpan.FromDays(45);

    public static AskedDay Asked(DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        return new AskedDay("On docker until the end of", today, DateOnly.FromDateTime((now + ChangePin.Longest).UtcDateTime).AddDays(-1), DateOnly.FromDateTime((now + Proposed).UtcDateTime));
    }

    /// <summary>Its last minute: the day that is named everywhere is the day that was chosen.</summary>
    public static DateTimeOffset EndOf(DateOnly day) => new(day, new TimeOnly(23, 59), TimeSpan.Zero);
}
