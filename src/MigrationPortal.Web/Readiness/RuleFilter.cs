using MigrationPortal.Domain.Readiness;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>The filters of the rules page, read from the address.</summary>
public sealed record RuleFilter(string? Search, IReadOnlyList<string> Says, string? Standing)
{
    public static IReadOnlyList<FilterDef> Definitions { get; } =
    [
        new("says", "says", [.. Enum.GetValues<Severity>().Select(one => new FilterOption(one.ToString().ToLowerInvariant(), FindingLook.Word(one)))]),
        new("standing", "rules", [new("hits", "that hit"), new("off", "turned off")]) { OnlyOne = true },
    ];

    public static RuleFilter Of(UrlState url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new(url["q"], url.All("says"), url["standing"]);
    }

    public bool Takes(RuleView rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return (Says.Count == 0 || Says.Contains(rule.Counts.ToString().ToLowerInvariant()))
            && Standing switch { "hits" => rule.Projects > 0, "off" => rule.Off, _ => true }
            && (Search is not { } text || $"{rule.Id} {rule.Title} {rule.Why} {rule.SeenAs}".Contains(text.Trim(), StringComparison.OrdinalIgnoreCase));
    }
}
