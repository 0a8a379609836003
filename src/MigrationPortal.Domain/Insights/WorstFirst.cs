using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>Failed and finished of one value of a dimension over a whole window.</summary>
public sealed record RateTotal(string Value, Rate Rate);

/// <summary>
/// Ranks values by the lower limit of their rate: what fails at least so often. Values of fewer than <see cref="LeastJobs"/>
/// jobs come after all others: two failed jobs of two have a lower limit of 34 %, and small samples must not win.
/// </summary>
public static class WorstFirst
{
    /// <summary>Finished jobs below which a rate is no finding: one failure of two would be 50 %.</summary>
    public const int LeastJobs = 20;

    public static IReadOnlyList<RateTotal> Of(IEnumerable<RateTotal> totals) =>
    [
        .. totals.OrderByDescending(total => total.Rate.Finished >= LeastJobs).ThenByDescending(total => WilsonInterval.Of(total.Rate)?.Low ?? -1)
            .ThenByDescending(total => total.Rate.Failed).ThenByDescending(total => total.Rate.Finished)
            .ThenBy(total => total.Value, StringComparer.Ordinal),
    ];
}
