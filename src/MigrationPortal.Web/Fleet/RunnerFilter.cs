using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <summary>The filters of the runner table, read from the address; the names are those of <c>GET /runners</c>.</summary>
public sealed record RunnerFilter(
    string? Search,
    IReadOnlyList<string> Roles,
    IReadOnlyList<string> Executors,
    IReadOnlyList<string> Statuses,
    IReadOnlyList<string> Untagged,
    IReadOnlyList<string> Tags)
{
    public static RunnerFilter Of(UrlState url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new(url["q"], url.All("role"), url.All("executor"), url.All("status"), url.All("untagged"), url.All("tag"));
    }

    /// <summary>Whether the line is of a managed runner and passes every filter.</summary>
    public bool Takes(RunnerLine line)
    {
        ArgumentNullException.ThrowIfNull(line);
        return line.Runner.Standing.Managed
            && Any(Roles, line.Role)
            && Any(Executors, line.Executor ?? "unknown")
            && Any(Statuses, line.Status)
            && Any(Untagged, line.Observed.Attributes.RunUntagged ? "on" : "off")
            && Tags.All(line.Observed.Attributes.Tags.Contains)
            && (Search is null
                || line.Observed.Description.Contains(Search, StringComparison.OrdinalIgnoreCase)
                || line.Observed.Attributes.Tags.Any(tag => tag.Contains(Search, StringComparison.OrdinalIgnoreCase))
                || line.Observed.Id.Number.ToString(System.Globalization.CultureInfo.InvariantCulture) == Search.TrimStart('#'));
    }

    public static IReadOnlyList<FilterDef> Definitions(IReadOnlyCollection<RunnerLine> lines) =>
    [
        FilterDef.Of("role", Seen(lines, line => line.Role)),
        FilterDef.Of("executor", Seen(lines, line => line.Executor ?? "unknown")),
        FilterDef.Of("status", Seen(lines, line => line.Status)),
        FilterDef.Of("untagged", "on", "off"),
        FilterDef.Of("tag", [.. lines.SelectMany(line => line.Observed.Attributes.Tags).Distinct().Order(StringComparer.Ordinal)]),
    ];

    private static string[] Seen(IEnumerable<RunnerLine> lines, Func<RunnerLine, string> word) =>
        [.. lines.Select(word).Distinct().Order(StringComparer.Ordinal)];

    private static bool Any(IReadOnlyList<string> wanted, string value) => wanted.Count == 0 || wanted.Contains(value);
}
