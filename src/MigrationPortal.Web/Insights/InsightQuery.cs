using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>The query that all charts share. Times are the instance's.</summary>
internal sealed record InsightQuery(string? Instance, string? By, string? Bucket, string? From, string? To, string? Kind)
{
    public static readonly (string Word, Dimension Value)[] Dimensions =
    [
        ("executor", Dimension.Executor), ("reason", Dimension.Reason), ("project", Dimension.Project), ("cluster", Dimension.Cluster),
        ("tag", Dimension.Tag), ("runner", Dimension.Runner), ("runnerVersion", Dimension.RunnerVersion),
    ];

    public static readonly string[] Words = [.. Dimensions.Select(one => one.Word)];

    private static readonly string[] Executors = ["docker", "kubernetes", "other", "unknown"];

    private static readonly (string Word, Bucket Value)[] Buckets = [("hour", Domain.Insights.Bucket.Hour), ("day", Domain.Insights.Bucket.Day)];

    public static readonly (string Word, FailureKind Value)[] Kinds =
    [
        ("all", FailureKind.None), ("infrastructure", FailureKind.Infrastructure), ("script", FailureKind.Script), ("timeout", FailureKind.Timeout),
        ("noRunner", FailureKind.NoRunner), ("configuration", FailureKind.Configuration), ("policy", FailureKind.Policy),
    ];

    public InsightFilter Read(HttpContext http, InstanceDirectory instances, IWorldClock clock, RequestErrors errors)
    {
        var of = instances.Pick(Instance, errors);
        var bucket = errors.OneOf("bucket", Bucket, Buckets) ?? Domain.Insights.Bucket.Hour;
        var by = errors.OneOf("by", By, Dimensions) ?? Dimension.Executor;
        var kind = errors.OneOf("kind", Kind, Kinds) is { } one && one != FailureKind.None ? one : (FailureKind?)null;
        var hourly = bucket == Domain.Insights.Bucket.Hour;
        var window = errors.Window(From, To, TimeSpan.FromDays(hourly ? 7 : 30), TimeSpan.FromDays(hourly ? 92 : 800), clock.Now(of));
        foreach (var word in Words.Where(http.Request.Query.ContainsKey)) Check(word, http.Request.Query[word].ToString(), errors);
        var where = Dimensions
            .Where(dimension => http.Request.Query.ContainsKey(dimension.Word))
            .ToDictionary(dimension => dimension.Value, dimension => http.Request.Query[dimension.Word].ToString());
        return new InsightFilter(of, window, bucket, by, kind, where);
    }

    public static string KindWord(FailureKind? kind) => kind is { } one ? Kinds.First(known => known.Value == one).Word : "all";

    public static string Word(Dimension dimension) => Dimensions.First(one => one.Value == dimension).Word;

    // A filter that can match nothing is a typing mistake, and an empty chart would hide it.
    private static void Check(string word, string value, RequestErrors errors)
    {
        foreach (var one in value.Split(','))
        {
            if (word == "executor" && !Executors.Contains(one)) errors.Add(word, $"'{one}' is not a family of executors. Use any of: {string.Join(", ", Executors)}.");
            else if (word is "project" or "runner" && !long.TryParse(one, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out _))
                errors.Add(word, $"'{one}' is not an id: give the number that GitLab shows.");
        }
    }
}
