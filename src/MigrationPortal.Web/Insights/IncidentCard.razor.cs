using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>The incidents of a range, latest first, each leading to its failed jobs.</summary>
public sealed partial class IncidentCard
{
    private const int Most = 20;

    [Parameter, EditorRequired]
    public required Explorer Asked { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<Incident> Incidents { get; set; }

    private IEnumerable<Incident> Shown => Incidents.Reverse().Take(Most);

    private string Csv => Asked.CsvHref("incidents");

    private string Finding => Incidents.Count == 0 ? "No incident."
        : Incidents.Count == 1 ? $"1\u00a0incident: {IncidentWords.Say(Incidents[0])}."
        : $"{Words.Count(Incidents.Count, "incident")}, {Words.Count(Incidents.Count(one => one.Hits.Count == 1))} of one executor only; the latest: {IncidentWords.Say(Incidents[^1])}.";
}
