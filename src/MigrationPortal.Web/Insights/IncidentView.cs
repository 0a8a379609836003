using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Web.Insights;

/// <summary>Adjacent hours in which failures were improbable for an executor, measured by its own 14 days before.</summary>
/// <param name="HitTogether">Two executors were hit in one and the same hour.</param>
public sealed record IncidentView(DateTimeOffset From, DateTimeOffset To, bool HitTogether, IReadOnlyList<IncidentHitView> Hits)
{
    internal static IncidentView Of(Incident incident) => new(
        incident.Window.From, incident.Window.To, incident.HitTogether,
        [.. incident.Hits.Select(hit => new IncidentHitView(hit.Executor, hit.Hours, hit.Rate.Failed, hit.Rate.Finished, hit.Rate.Value, hit.Usual.Failed, hit.Usual.Finished, hit.Usual.Value))]);
}

/// <param name="Rate">Fraction in the hours of the incident.</param>
/// <param name="UsualRate">Fraction in the 14 days before.</param>
public sealed record IncidentHitView(
    string Executor, IReadOnlyList<DateTimeOffset> Hours, long Failed, long Finished, double? Rate, long UsualFailed, long UsualFinished, double? UsualRate);

/// <summary>One value of a dimension over the whole window.</summary>
/// <param name="Name">A project's path, a runner's description; else the value.</param>
/// <param name="Low">Lower limit, 95 % Wilson: what the ranking goes by.</param>
public sealed record RankView(int Rank, string Value, string? Name, long Failed, long Finished, double? Rate, double? Low, double? High);
