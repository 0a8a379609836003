using System.Globalization;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Addresses of the API that answer the data behind a chart as CSV.</summary>
public static class InsightCsv
{
    public static string Href(string what, TimeWindow window, Bucket bucket, string? kind) =>
        $"api/v1/insights/{what}?format=csv&bucket={bucket.ToString().ToLowerInvariant()}&from={Stamp(window.From)}&to={Stamp(window.To)}{(kind is null ? "" : $"&kind={kind}")}";

    /// <summary>As the API reads times.</summary>
    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
