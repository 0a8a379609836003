using System.Text;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>Comma-separated text by RFC 4180: quotes, doubled quotes and line breaks within them, CRLF, LF or CR, with or without a byte order mark.</summary>
public static class CsvText
{
    // A spreadsheet would run what begins like a formula (OWASP, CSV Injection).
    private const string Formula = "=+-@\t\r";

    /// <param name="Line">Where the row begins, from 1.</param>
    public sealed record Row(int Line, IReadOnlyList<string> Cells);

    /// <summary>Empty lines are left out.</summary>
    /// <param name="problem">Set when a quote never closes; its line.</param>
    public static IReadOnlyList<Row> Read(string text, out int? problem)
    {
        ArgumentNullException.ThrowIfNull(text);
        problem = null;
        var (rows, cells, cell, line, begin, quoted, wasQuoted) = (new List<Row>(), new List<string>(), new StringBuilder(), 1, 1, (int?)null, false);
        void EndCell()
        {
            cells.Add(cell.ToString());
            cell.Clear();
            wasQuoted = false;
        }

        void EndRow()
        {
            var isEmpty = cells.Count == 0 && cell.Length == 0 && !wasQuoted;
            EndCell();
            if (!isEmpty) rows.Add(new Row(begin, [.. cells]));
            cells.Clear();
        }

        for (var at = text.StartsWith('\uFEFF') ? 1 : 0; at < text.Length; at++)
        {
            var letter = text[at];
            var isBreak = letter == '\n' || (letter == '\r' && !(at + 1 < text.Length && text[at + 1] == '\n'));
            if (quoted is not null && letter == '"' && at + 1 < text.Length && text[at + 1] == '"') cell.Append(text[at++]);
            else if (quoted is not null && letter == '"') quoted = null;
            else if (quoted is not null) cell.Append(letter);
            else if (letter == '"' && cell.Length == 0) (quoted, wasQuoted) = (line, true);
            else if (letter == ',') EndCell();
            else if (isBreak) EndRow();
            else if (letter != '\r') cell.Append(letter);
            if (!isBreak) continue;
            line++;
            if (quoted is null) begin = line;
        }

        if (cells.Count > 0 || cell.Length > 0 || wasQuoted) EndRow();
        problem = quoted;
        return rows;
    }

    /// <summary>A cell for a spreadsheet: quoted where it has to be, and never a formula.</summary>
    public static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (Formula.Contains(text[0], StringComparison.Ordinal) || IsGuarded(text)) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>Takes off what <see cref="Cell"/> put before a formula.</summary>
    public static string Plain(string cell) => IsGuarded(cell) ? cell[1..] : cell;

    // An apostrophe before a formula, or before such a one: guarded again, so that reading gives back what was written.
    private static bool IsGuarded(string text)
    {
        var at = text.AsSpan().IndexOfAnyExcept('\'');
        return at > 0 && Formula.Contains(text[at], StringComparison.Ordinal);
    }
}
