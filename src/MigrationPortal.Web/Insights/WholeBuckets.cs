using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>While the past is being read: only the buckets whose jobs are all known. A gap is honest, a part of a day is not.</summary>
internal static class WholeBuckets
{
    /// <param name="at">The bucket's begin.</param>
    /// <param name="completeSince">From when on every job is read, as <see cref="IInsightReader.CompleteSinceAsync"/> says.</param>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> points, Func<T, DateTimeOffset> at, TimeWindow window, DateTimeOffset completeSince) =>
        completeSince <= window.From ? points : [.. points.Where(point => at(point) >= completeSince)];
}
