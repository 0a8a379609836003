using System.Globalization;
using System.Text;

namespace MigrationPortal.Web.Plans;

/// <summary>A plan's sheet as Markdown with tables (GitHub's and GitLab's flavour). Names written by users are escaped.</summary>
internal static class PlanMarkdown
{
    public const string Type = "text/markdown; charset=utf-8";

    public static string Of(PlanSheet sheet)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"# {Plain(sheet.Title)}\n\n{Plain(sheet.Lead)}\n\n");
        Table(text, new SheetTable(["", ""], [.. sheet.Facts.Select(fact => (IReadOnlyList<string>)[fact.Name, fact.Value])]));
        foreach (var part in sheet.Parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {Plain(part.Title)}\n");
            if (part.Text is { } said) text.Append(CultureInfo.InvariantCulture, $"\n{Plain(said)}\n");
            if (part.Points.Count > 0) text.Append('\n');
            foreach (var point in part.Points) text.Append(CultureInfo.InvariantCulture, $"- {Plain(point)}\n");
            if (part.Table is not { } table) continue;
            text.Append('\n');
            Table(text, table);
        }

        return text.ToString();
    }

    private static void Table(StringBuilder text, SheetTable table)
    {
        Row(table.Columns);
        Row([.. table.Columns.Select(_ => "---")], plain: false);
        foreach (var row in table.Rows) Row(row);

        void Row(IReadOnlyList<string> cells, bool plain = true) => text.Append("| ").AppendJoin(" | ", cells.Select(cell => plain ? Plain(cell) : cell)).Append(" |\n");
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (@"\`*_[]<>|#~$".Contains(letter, StringComparison.Ordinal)) plain.Append('\\');
            plain.Append(char.IsControl(letter) ? ' ' : letter);
        }

        return plain.ToString();
    }
}
