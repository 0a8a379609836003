using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Tests.Pages;

/// <summary>A chart of shares as its table tells it.</summary>
internal static class ShareTable
{
    /// <summary>Its hours with their jobs; an hour that is still marked as not read has none to tell.</summary>
    /// <param name="card">The chart's card.</param>
    /// <param name="hours">The rows asked for, as the table writes their times.</param>
    public static async Task<IReadOnlyList<ShareCell>> ReadAsync(ILocator card, IReadOnlyCollection<string> hours) =>
    [
        .. (await ChartTable.RowsAsync(card)).Where(row => hours.Contains(row[ChartTable.Time]) && row["all jobs"].Length > 0)
            .Select(row => new ShareCell(row[ChartTable.Time], Jobs(row["Kubernetes"]), Jobs(row["docker"]), ChartTable.Number(row["all jobs"]))),
    ];

    // "97 % (64)"
    private static int Jobs(string text) => text.Contains('(', StringComparison.Ordinal) ? ChartTable.Number(text.Split('(')[1].TrimEnd(')')) : 0;
}

internal sealed record ShareCell(string Hour, int Kubernetes, int Docker, int All);
