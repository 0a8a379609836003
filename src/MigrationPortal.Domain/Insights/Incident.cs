using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// Adjacent hours in which failures were improbable under an executor's own trailing rate. Derived, never stored: marked
/// on charts, shown with and without, never silently dropped (statistics.md A.8).
/// </summary>
/// <param name="Window">Whole hours, from the first that any executor was hit to the end of the last.</param>
/// <param name="Hits">One an executor that was hit, most failures first.</param>
public sealed record Incident(TimeWindow Window, IReadOnlyList<IncidentHit> Hits)
{
    /// <summary>Two executors were hit in one and the same hour: then it was rather GitLab or the network than a runner.</summary>
    public bool HitTogether => Hits.SelectMany(hit => hit.Hours).GroupBy(hour => hour).Any(hour => hour.Count() > 1);
}

/// <param name="Executor">The family, lower case.</param>
/// <param name="Hours">Begin of each hour that was improbable, ascending.</param>
/// <param name="Rate">Failed and finished in those hours together.</param>
/// <param name="Usual">Its rate in the <see cref="IncidentFinder.Trailing"/> time before the first of them.</param>
public sealed record IncidentHit(string Executor, IReadOnlyList<DateTimeOffset> Hours, Rate Rate, Rate Usual);
