using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace MigrationPortal.EndToEnd.Tests.Pages;

/// <summary>A chart's numbers as a reader gets them: every chart is also a table.</summary>
internal static partial class ChartTable
{
    /// <summary>Of a chart of rates: every point that it draws.</summary>
    /// <param name="card">The chart's card.</param>
    public static async Task<IReadOnlyList<RateCell>> RatesAsync(ILocator card) =>
    [
        .. (await RowsAsync(card)).SelectMany(row => row
            .Select(cell => (Match: FailedOfFinished().Match(cell.Value), Executor: cell.Key))
            .Where(cell => cell.Match.Success)
            .Select(cell => new RateCell(row[Time], cell.Executor, Number(cell.Match.Groups[1].Value), Number(cell.Match.Groups[2].Value)))),
    ];

    /// <summary>Its rows, each a text by the head of its column.</summary>
    /// <param name="card">The chart's card.</param>
    public static async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> RowsAsync(ILocator card)
    {
        await card.GetByRole(AriaRole.Button, new() { Name = "table" }).ClickAsync();
        var cells = await card.Locator("table").EvaluateAsync<string[][]>("table => [...table.rows].map(row => [...row.cells].map(cell => cell.textContent.trim()))");
        await card.GetByRole(AriaRole.Button, new() { Name = "chart" }).ClickAsync();
        // Live changes wait while the pointer is inside.
        await card.Page.Mouse.MoveAsync(0, 0);
        return [.. cells.Skip(1).Select(row => row.Select((text, column) => (Head: cells[0][column], text)).DistinctBy(cell => cell.Head).ToDictionary(cell => cell.Head, cell => cell.text))];
    }

    public const string Time = "Time, UTC";

    public static int Number(string text) => int.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\(([\d,]+) of ([\d,]+)\)")]
    private static partial Regex FailedOfFinished();
}

/// <param name="At">As the table writes it, such as "Mon 23 Nov".</param>
/// <param name="Executor">As the table's head writes it.</param>
internal sealed record RateCell(string At, string Executor, int Failed, int Finished);
