using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace MigrationPortal.Web.Shared;

/// <summary>Rows as JSON, or as CSV for <c>Accept: text/csv</c> and for <c>?format=csv</c>, which a link can hold.</summary>
internal static class Csv
{
    public const string Type = "text/csv";

    /// <summary>The rows as <c>{"points":[...]}</c> or as CSV.</summary>
    /// <param name="known">Where they are of a window: how much of it is read. Members beside the points; headers of CSV.</param>
    /// <param name="writer">Of JSON, where there may be thousands of rows.</param>
    public static IResult Answer<T>(HttpContext http, IReadOnlyList<T> points, Completeness? known = null, JsonTypeInfo<PointsOf<T>>? writer = null)
    {
        var format = http.Request.Query["format"].ToString();
        if (format is not ("" or "csv" or "json"))
        {
            var errors = new RequestErrors();
            errors.Add("format", $"'{format}' is not known here. Use csv or json.");
            return errors.ToProblem();
        }

        if (Wanted(http))
        {
            known?.Say(http.Response.Headers);
            return File(http, Of(points));
        }

        var answer = new PointsOf<T>(points, known?.Since, known?.Unread);
        return writer is null ? Results.Ok(answer) : new WrittenJson<PointsOf<T>>(answer, writer);
    }

    /// <summary>As the API reads and writes times.</summary>
    public static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    public static bool Wanted(HttpContext http) =>
        http.Request.Query["format"] == "csv" || http.Request.Headers.Accept.ToString().Contains(Type, StringComparison.OrdinalIgnoreCase);

    public static IResult File(HttpContext http, string text)
    {
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"{http.Request.Path.Value!.Split('/')[^1]}.csv\"";
        return Results.Text(text, "text/csv; charset=utf-8");
    }

    public static string Of<T>(IReadOnlyList<T> rows)
    {
        var columns = typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(column => IsSaid(column, rows)).ToArray();
        var text = new StringBuilder();
        text.AppendJoin(',', columns.Select(column => JsonNamingPolicy.CamelCase.ConvertName(column.Name))).Append("\r\n");
        foreach (var row in rows) text.AppendJoin(',', columns.Select(column => Cell(column.GetValue(row)))).Append("\r\n");
        return text.ToString();
    }

    // What JSON leaves out when it is null is no column when nobody has it.
    private static bool IsSaid<T>(PropertyInfo column, IReadOnlyList<T> rows) =>
        column.GetCustomAttribute<JsonIgnoreAttribute>() is null || rows.Any(row => column.GetValue(row) is not null);

    private static string Cell(object? value) => value switch
    {
        null => "",
        DateTimeOffset at => Stamp(at),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        bool flag => flag ? "true" : "false",
        string text => Quoted(text),
        Enum word => JsonNamingPolicy.CamelCase.ConvertName(word.ToString()),
        IEnumerable<string> texts => Quoted(string.Join(' ', texts)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => Quoted(JsonSerializer.Serialize(value, JsonSerializerOptions.Web)),
    };

    private static string Quoted(string text)
    {
        // A spreadsheet would run what begins like a formula, and tags and names are written by users.
        if (text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal)) text = "'" + text;
        return text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}

/// <summary>The rows of a chart.</summary>
/// <param name="CompleteSince">From when on every job of the window was read; its begin when all were, its end when none. Left out where the rows are of no window.</param>
/// <param name="Unread">After that, parts of the window of which not all jobs are read yet, oldest first: counts over them are too small. Left out as well.</param>
public sealed record PointsOf<T>(
    IReadOnlyList<T> Points,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] DateTimeOffset? CompleteSince = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<UnreadSpan>? Unread = null);

/// <summary>Lists as CSV: one page, with the cursor of the next in the header <c>X-Next-Cursor</c>.</summary>
internal sealed class CsvLists : IEndpointFilter
{
    public const string NextCursor = "X-Next-Cursor";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var answer = await next(context);
        var inner = answer is INestedHttpResult nested ? nested.Result : answer;
        if (inner is not IValueHttpResult { Value: ICsvPage page } || !Csv.Wanted(context.HttpContext)) return answer;
        if (page.NextCursor is { } cursor) context.HttpContext.Response.Headers[NextCursor] = cursor;
        return Csv.File(context.HttpContext, page.ToCsv());
    }
}

/// <summary>A page of a list that can be written as CSV.</summary>
public interface ICsvPage
{
    string? NextCursor { get; }

    string ToCsv();
}
