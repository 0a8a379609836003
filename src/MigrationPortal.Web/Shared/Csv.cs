using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace MigrationPortal.Web.Shared;


/// <summary>Rows as <c>{"points":[...]}</c>, or as CSV for <c>Accept: text/csv</c>.</summary>
internal static class Csv
{
    public static IResult Answer<T>(HttpContext http, IReadOnlyList<T> points) =>
        http.Request.Headers.Accept.ToString().Contains("text/csv", StringComparison.OrdinalIgnoreCase)
            ? Results.Text(Of(points), "text/csv; charset=utf-8")
            : Results.Ok(new PointsOf<T>(points));

    public static string Of<T>(IReadOnlyList<T> rows)
    {
        var columns = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance);
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Select(column => JsonNamingPolicy.CamelCase.ConvertName(column.Name))).Append("\r\n");
        foreach (var row in rows) text.AppendJoin(',', columns.Select(column => Cell(column.GetValue(row)))).Append("\r\n");
        return text.ToString();
    }

    private static string Cell(object? value) => value switch
    {
        null => "",
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        string text => Quoted(text),
        IEnumerable<string> texts => Quoted(string.Join(' ', texts)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(value.ToString() ?? ""),
    };

    private static string Quoted(string text)
    {
        // A spreadsheet would run what begins like a formula, and tags and names are written by users.
        if (text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal)) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

/// <summary>The rows of a chart.</summary>
public sealed record PointsOf<T>(IReadOnlyList<T> Points);
