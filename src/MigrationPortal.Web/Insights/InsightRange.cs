using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>The range that a chart page's address asks for: 24 h by the hour, longer ones by the day.</summary>
public sealed record InsightRange(string Key, string Words, TimeSpan Length, Bucket Bucket)
{
    public static readonly IReadOnlyList<InsightRange> All =
    [
        new("24h", "24 h", TimeSpan.FromHours(24), Bucket.Hour),
        new("3d", "3 days", TimeSpan.FromDays(3), Bucket.Hour),
        new("14d", "14 days", TimeSpan.FromDays(14), Bucket.Day),
        new("30d", "30 days", TimeSpan.FromDays(30), Bucket.Day),
        new("90d", "90 days", TimeSpan.FromDays(90), Bucket.Day),
    ];

    public static InsightRange Of(string? key, string fallback) =>
        All.FirstOrDefault(one => one.Key == key) ?? All.First(one => one.Key == fallback);

    public TimeWindow Window(DateTimeOffset now) => TimeWindow.Last(Length, now);

    public IReadOnlyList<TabLink> Tabs(UrlState url) => [.. All.Select(one => new TabLink(one.Words, url.With("range", one.Key), one == this))];
}
