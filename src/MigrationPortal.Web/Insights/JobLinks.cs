using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Addresses of the jobs behind a number. Nothing where the page of jobs is not built.</summary>
internal static class JobLinks
{
    public const string Page = "jobs";

    /// <param name="executor">A family, in lower case.</param>
    /// <param name="kind">A failure kind in the API's word.</param>
    public static string Of(ProjectId project, string? executor = null, string? kind = null, TimeWindow? window = null, string? name = null) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(Page, new Dictionary<string, string?>
        {
            ["project"] = project.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["executor"] = executor,
            ["kind"] = kind,
            ["from"] = window is { } from ? InsightCsv.Stamp(from.From) : null,
            ["to"] = window is { } to ? InsightCsv.Stamp(to.To) : null,
            ["name"] = name,
        }.Where(one => one.Value is not null));
}
