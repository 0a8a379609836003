using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Web.Readiness;

/// <summary>What one rule hits, whatever its findings count as.</summary>
/// <param name="Worst">Of its findings.</param>
/// <param name="Projects">With at least one such finding.</param>
/// <param name="Jobs">With such findings.</param>
public sealed record RuleHits(string Rule, Severity Worst, int Projects, long Jobs)
{
    /// <summary>Most projects first.</summary>
    public static IReadOnlyList<RuleHits> Of(ReadinessCounts counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        return
        [
            .. counts.ByRule.GroupBy(one => one.Rule)
                .Select(rule => new RuleHits(rule.Key, rule.Min(one => one.Severity), rule.Sum(one => one.Projects), rule.Sum(one => one.Jobs)))
                .OrderByDescending(one => one.Projects).ThenBy(one => one.Rule, StringComparer.Ordinal),
        ];
    }
}
