using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Addresses of the API that answer the data behind a chart as CSV.</summary>
public static class InsightCsv
{
    public static string Href(string what, TimeWindow window, Bucket bucket, string? kind) =>
        $"api/v1/insights/{what}?format=csv&bucket={bucket.ToString().ToLowerInvariant()}&from={Csv.Stamp(window.From)}&to={Csv.Stamp(window.To)}{(kind is null ? "" : $"&kind={kind}")}";
}
