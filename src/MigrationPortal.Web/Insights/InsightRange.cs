using System.Globalization;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>The range that a chart page's address asks for: short ones by the hour, longer ones by the day unless it says otherwise.</summary>
public sealed record InsightRange(string Key, string Words, TimeSpan Length, Bucket Bucket)
{
    /// <summary>Longer than this, hours are narrower than the pointer.</summary>
    public static readonly TimeSpan LongestByHour = TimeSpan.FromDays(31);

    public static readonly IReadOnlyList<InsightRange> All =
    [
        new("24h", "24 h", TimeSpan.FromHours(24), Bucket.Hour),
        new("3d", "3 days", TimeSpan.FromDays(3), Bucket.Hour),
        new("14d", "14 days", TimeSpan.FromDays(14), Bucket.Day),
        new("30d", "30 days", TimeSpan.FromDays(30), Bucket.Day),
        new("90d", "90 days", TimeSpan.FromDays(90), Bucket.Day),
    ];

    /// <summary>Charts of hours and days need not follow every job.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Longest = TimeSpan.FromDays(800);

    /// <summary>When it ends; null for now.</summary>
    public DateTimeOffset? To { get; private init; }

    public bool MayBeByHour => Length <= LongestByHour;

    public bool MayBeByDay => Length >= TimeSpan.FromDays(2);

    public static InsightRange Of(string? key, string fallback) =>
        All.FirstOrDefault(one => one.Key == key) ?? All.First(one => one.Key == fallback);

    /// <summary>From <c>from</c> and <c>to</c> where the address has them and they make sense, else from <c>range</c>; <c>bucket</c> where it fits.</summary>
    public static InsightRange Of(UrlState url, DateTimeOffset now, string fallback)
    {
        ArgumentNullException.ThrowIfNull(url);
        var range = Between(Time(url["from"]), Time(url["to"]), now) ?? Of(url["range"], fallback);
        return url["bucket"] switch
        {
            "hour" when range.MayBeByHour => range with { Bucket = Bucket.Hour },
            "day" when range.MayBeByDay => range with { Bucket = Bucket.Day },
            _ => range,
        };
    }

    public TimeWindow Window(DateTimeOffset now) => TimeWindow.Last(Length, To ?? now);

    public IReadOnlyList<TabLink> Tabs(UrlState url) => [.. All.Select(one => new TabLink(one.Words, url.With("range", one.Key), one == this))];

    private static InsightRange? Between(DateTimeOffset? from, DateTimeOffset? to, DateTimeOffset now)
    {
        if (from is not { } begin || (to ?? now) is var end && (end <= begin || end - begin > Longest)) return null;
        var length = end - begin;
        return new InsightRange("", $"{Stamp(begin)} to {(to is null ? "now" : Stamp(end))}", length, length > TimeSpan.FromDays(3) ? Bucket.Day : Bucket.Hour) { To = to };
    }

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static string Stamp(DateTimeOffset at) => at.ToString(at.TimeOfDay == TimeSpan.Zero ? "d MMM" : "d MMM HH:mm", CultureInfo.InvariantCulture).Replace(' ', '\u00a0');
}
