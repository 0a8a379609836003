using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Addresses of the jobs behind a number. Nothing where the page of jobs is not built.</summary>
internal static class JobLinks
{
    public const string Page = "jobs";

    /// <param name="executor">A family, in lower case.</param>
    /// <param name="failures">Failed first attempts alone, of a failure kind in the API's word; null: all that finished.</param>
    public static string Of(ProjectId project, string? executor = null, string? failures = null, TimeWindow? window = null, string? name = null) =>
        Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString(Page, new Dictionary<string, string?>
        {
            ["project"] = project.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["executor"] = executor,
            ["status"] = failures is null ? null : "failed",
            ["kind"] = failures is "all" ? null : failures,
            ["attempts"] = failures is null ? null : "first",
            ["from"] = window is { } from ? Csv.Stamp(from.From) : null,
            ["to"] = window is { } to ? Csv.Stamp(to.To) : null,
            ["name"] = name,
            ["instance"] = project.Instance.Name,
        }.Where(one => one.Value is not null));
}
