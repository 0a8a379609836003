using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Everything that the page of failure rates shows of one question.</summary>
/// <param name="Asked">With the window that was really read.</param>
/// <param name="IsCut">Single jobs are read, and not all of the range at once.</param>
/// <param name="Ranked">All values, worst first.</param>
/// <param name="Whole">All jobs that were asked about; tags and reasons overlap, so it is no sum of the ranked.</param>
/// <param name="Lines">Of the chosen values.</param>
/// <param name="Incidents">In the window, whether left out or not.</param>
/// <param name="Names">By value, where they are known.</param>
public sealed record RatesShown(
    Explorer Asked,
    bool IsCut,
    IReadOnlyList<RateTotal> Ranked,
    Rate Whole,
    IReadOnlyList<ChartSeries> Lines,
    IReadOnlyList<Incident> Incidents,
    IReadOnlyDictionary<string, string> Names)
{
    public string NameOf(string value) => ValueNames.Of(Names, Asked.Filter.By, value);

    /// <summary>Of the value that a line stands for.</summary>
    public string JobsHref(ChartSeries? line, DateTimeOffset at) => Asked.JobsHref(line?.Executor, Asked.BucketAt(at), failedOnly: true);

    public IReadOnlyList<ChartSpan> Spans => [.. Incidents.Select(incident => new ChartSpan(incident.Window.From, incident.Window.To, IncidentWords.Say(incident), IncidentWords.JobsHref(Asked, incident)))];
}
