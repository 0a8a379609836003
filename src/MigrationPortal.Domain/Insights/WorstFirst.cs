using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>Failed and finished of one value of a dimension over a whole window.</summary>
public sealed record RateTotal(string Value, Rate Rate);

/// <summary>
/// Ranks values by the lower limit of their rate: what fails at least so often. One failed job of one is then behind 300
/// of 10,000, and small samples do not win.
/// </summary>
public static class WorstFirst
{
    public static IReadOnlyList<RateTotal> Of(IEnumerable<RateTotal> totals) =>
    [
        .. totals.OrderByDescending(total => WilsonInterval.Of(total.Rate)?.Low ?? -1)
            .ThenByDescending(total => total.Rate.Failed).ThenByDescending(total => total.Rate.Finished)
            .ThenBy(total => total.Value, StringComparer.Ordinal),
    ];
}
