using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Notices;

/// <summary>Stored by name: never rename one.</summary>
public enum DigestEvery
{
    Day,

    /// <summary>On Mondays.</summary>
    Week,
}

/// <summary>One message a period to the people of a project or group, with what concerned it; none where nothing did.</summary>
/// <param name="Path">Full path of a project, or of a group with all that is below it.</param>
/// <param name="Hour">0 to 23, UTC, of the instance's time.</param>
public sealed record DigestPlan(string Path, DigestEvery Every, int Hour)
{
    private const int LongestPath = 500;

    /// <summary>After a longer time away what happened before is left to the portal's own pages.</summary>
    private static readonly TimeSpan MostBehind = TimeSpan.FromDays(31);

    /// <summary>The time that a message is due for now.</summary>
    /// <param name="until">What the last one reached to; null before the first, which holds one period.</param>
    /// <returns>Null: not yet.</returns>
    public TimeWindow? Due(DateTimeOffset now, DateTimeOffset? until)
    {
        var end = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddHours(Hour);
        if (end > now) end = end.AddDays(-1);
        if (Every == DigestEvery.Week) end = end.AddDays(-(((int)end.DayOfWeek + 6) % 7));
        if (until >= end) return null;
        var from = until ?? end.AddDays(Every == DigestEvery.Week ? -7 : -1);
        return new TimeWindow(end - from > MostBehind ? end - MostBehind : from, end);
    }

    /// <summary>Whether a project is the one, or below the group. GitLab's paths do not tell capital letters from small ones.</summary>
    public bool Holds(string fullPath)
    {
        ArgumentNullException.ThrowIfNull(fullPath);
        return fullPath.Equals(Path, StringComparison.OrdinalIgnoreCase) || fullPath.StartsWith($"{Path}/", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Everything that is wrong, with its field in the API.</summary>
    public IEnumerable<(string Field, string Sentence)> Problems()
    {
        if (string.IsNullOrWhiteSpace(Path) || Path.Length > LongestPath || Path != Path.Trim() || Path.StartsWith('/') || Path.EndsWith('/'))
            yield return ("digest.path", "Needed: the full path of a project or group as in its address, such as data/etl, without a slash at its ends.");
        if (Hour is < 0 or > 23) yield return ("digest.hour", "Must be 0 to 23, UTC.");
    }
}
