using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>
/// What an explorer page's address asks for. Names and values are those of the API, so a chart's CSV and its jobs are
/// found by the same words.
/// </summary>
public sealed record Explorer(InsightRange Range, TimeWindow Window, InsightFilter Filter, bool WithoutIncidents)
{
    /// <summary>In the address; in the API untagged jobs have an empty tag, which an address cannot hold as a filter.</summary>
    public const string Untagged = "(untagged)";

    /// <summary>More lines than this cannot be told apart.</summary>
    public const int MostLines = 5;

    private static readonly string[] Asking = ["instance", "by", "kind", "range", "from", "to", "bucket", "managed", "attempts", "incidents", "pick"];

    /// <summary>Values of the dimension that the chart draws; empty: the worst.</summary>
    public IReadOnlyList<string> Picked { get; private init; } = [];

    public static Explorer Of(UrlState url, InstanceId instance, DateTimeOffset now, string fallback = "14d")
    {
        ArgumentNullException.ThrowIfNull(url);
        var range = InsightRange.Of(url, now, fallback);
        var by = InsightQuery.Dimensions.FirstOrDefault(one => one.Word == url["by"]).Value;
        var where = InsightQuery.Dimensions.Where(one => url[one.Word] is not null)
            .ToDictionary(one => one.Value, one => string.Join(',', url.All(one.Word).Select(value => value == Untagged ? "" : value)));
        var kind = InsightQuery.Kinds.FirstOrDefault(one => one.Word == url["kind"]).Value;
        var filter = new InsightFilter(instance, range.Window(now), range.Bucket, by, kind == FailureKind.None ? null : kind, where) { ManagedOnly = url["managed"] == "true", FirstAttempts = url["attempts"] == "first" };
        return new Explorer(range, filter.Window, filter, url["incidents"] == "without") { Picked = [.. url.All("pick").Select(value => value == Untagged ? "" : value).Take(MostLines)] };
    }

    /// <summary>The same over a part of the window, because no more can be read at once.</summary>
    public Explorer In(TimeWindow window) => this with { Window = window, Filter = Filter with { Window = window } };

    /// <summary>What makes two addresses ask for the same: all but when exactly "now" is.</summary>
    public string Question(UrlState url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return string.Join('&', Asking.Concat(InsightQuery.Words).Select(word => $"{word}={url[word]}"));
    }

    /// <summary>The API's rows behind what is shown.</summary>
    public string CsvHref(string what, IReadOnlyList<string>? only = null)
    {
        var query = new Dictionary<string, string?>
        {
            ["format"] = "csv",
            ["instance"] = Filter.Instance.Name,
            ["bucket"] = Filter.Bucket == Bucket.Hour ? "hour" : "day",
            ["from"] = Csv.Stamp(Window.From),
            ["to"] = Csv.Stamp(Window.To),
        };
        if (what is "incidents") query["kind"] = InsightQuery.KindWord(Filter.Kind);
        if (what is "failure-rates" or "rankings")
        {
            query["by"] = InsightQuery.Word(Filter.By);
            query["kind"] = InsightQuery.KindWord(Filter.Kind);
            if (Filter.ManagedOnly) query["managed"] = "true";
            if (Filter.FirstAttempts) query["attempts"] = "first";
            if (WithoutIncidents) query["incidents"] = "without";
            if (only is not null) query["only"] = string.Join(',', only);
        }

        foreach (var (dimension, value) in Filter.Where.Where(_ => what is not "incidents")) query[InsightQuery.Word(dimension)] = value;
        return QueryHelpers.AddQueryString($"api/v1/insights/{what}", query);
    }

    /// <summary>The jobs behind a number.</summary>
    /// <param name="value">Of the dimension; null for all.</param>
    /// <param name="within">A bucket or the whole window.</param>
    /// <param name="failedOnly">The numerator instead of the denominator.</param>
    /// <param name="byStart">Jobs that started in the time instead of those that finished in it.</param>
    public string JobsHref(string? value, TimeWindow within, bool failedOnly, bool byStart = false)
    {
        // A reason narrows what failed, never what finished.
        var query = Filter.Where.Where(one => failedOnly || one.Key != Dimension.Reason).ToDictionary(one => InsightQuery.Word(one.Key), one => (string?)Shown(one.Value));
        if (value is not null) query[InsightQuery.Word(Filter.By)] = Shown(value);
        if (Filter.ManagedOnly) query["managed"] = "true";
        if (Filter.FirstAttempts) query["attempts"] = "first";
        // The list has no such filter: its page says so.
        if (WithoutIncidents) query["incidents"] = "without";
        if (failedOnly) query["status"] = "failed";
        if (failedOnly && Filter.Kind is not null) query["kind"] = InsightQuery.KindWord(Filter.Kind);
        // Rates count whole buckets, so the jobs behind them are those of whole buckets.
        query["from"] = Csv.Stamp(Floor(within.From));
        query["to"] = Csv.Stamp(Floor(within.To.AddTicks(-1)) + BucketAt(within.To).Length);
        if (byStart) query["time"] = "started";
        if (Filter.Instance.Name is { } name) query["instance"] = name;
        return QueryHelpers.AddQueryString("jobs", query);
    }

    /// <summary>"in 14 days", or "since 26 Nov 00:00" where less than the range was read.</summary>
    public string Say(DateTimeOffset readFrom)
    {
        var from = readFrom > Window.From ? readFrom : Window.From;
        return from > Window.To - Range.Length ? $"since {IncidentWords.Hour(from)}" : $"in {Range.Words}";
    }

    /// <summary>The bucket that begins then.</summary>
    public TimeWindow BucketAt(DateTimeOffset at) => new(at, at + (Filter.Bucket == Bucket.Hour ? TimeSpan.FromHours(1) : TimeSpan.FromDays(1)));

    private DateTimeOffset Floor(DateTimeOffset at) => at.AddTicks(-(at.UtcTicks % BucketAt(at).Length.Ticks));

    public static string Shown(string value) => value.Length == 0 ? Untagged : value;
}
