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

    private static readonly (string Word, Bucket Value)[] Buckets = [("hour", Domain.Insights.Bucket.Hour), ("day", Domain.Insights.Bucket.Day)];

    private static readonly (string Word, FailureKind Value)[] Kinds =
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
        var where = Dimensions
            .Where(dimension => http.Request.Query.ContainsKey(dimension.Word))
            .ToDictionary(dimension => dimension.Value, dimension => http.Request.Query[dimension.Word].ToString());
        return new InsightFilter(of, window, bucket, by, kind, where);
    }
}
