using System.Globalization;
using System.Text;

namespace MigrationPortal.Simulator;

/// <summary>Keyset paging by id: only a <c>link</c> to the next page, and none at the end.</summary>
/// <param name="After">The last id of the page before, in the list's direction.</param>
internal sealed record KeysetPage(bool Descending, int Size, long? After)
{
    public static bool Wanted(ApiCall call) => call.Params.Text("pagination") == "keyset";

    /// <summary>Null and a 405 when the order cannot be paged by key.</summary>
    /// <param name="ascending">Whether the list can be paged the other way too.</param>
    public static KeysetPage? Of(ApiCall call, bool ascending, out ApiAnswer? refusal)
    {
        var p = call.Params;
        refusal = p.Text("order_by") is null or "id" && (ascending || p.Text("sort") != "asc")
            ? null
            : ApiAnswer.Error(405, "Keyset pagination is not yet available for this type of request");
        var descending = p.OneOf("sort", "asc", "desc") is { } sort ? sort == "desc" : true;
        var size = Math.Clamp(p.Number("per_page") ?? 20, 1, OffsetPage.MaxSize);
        return refusal is null ? new KeysetPage(descending, size, Cursor(p)) : null;
    }

    /// <param name="rows">One page, and one row more when there is a next page.</param>
    public ApiAnswer Answer<T>(ApiCall call, IReadOnlyList<T> rows, Func<T, long> id, Func<T, object> entity)
    {
        var page = rows.Take(Size).ToArray();
        var answer = ApiAnswer.Ok(page.Select(entity).ToArray());
        if (rows.Count <= Size)
        {
            return answer;
        }

        var link = PageLink.To(call, "next",
        [
            new("pagination", "keyset"),
            new("per_page", Size.ToString(CultureInfo.InvariantCulture)),
            new("order_by", "id"),
            new("sort", Descending ? "desc" : "asc"),
            new("cursor", Encode(id(page[^1]))),
        ]);
        return answer with { Headers = [new("link", link)] };
    }

    public static string Encode(long id) =>
        Convert.ToBase64String(Encoding.UTF8.GetBytes($"{{\"id\":\"{id.ToString(CultureInfo.InvariantCulture)}\",\"_kd\":\"n\"}}"));

    /// <summary>The id in a cursor; null for none or one that is not ours.</summary>
    public static long? Decode(string? cursor)
    {
        Span<byte> bytes = stackalloc byte[256];
        if (string.IsNullOrEmpty(cursor) || cursor.Length > 300 || !Convert.TryFromBase64String(cursor, bytes, out var length))
        {
            return null;
        }

        var text = Encoding.UTF8.GetString(bytes[..length]).Split('"');
        return text.Length > 3 && long.TryParse(text[3], CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    private static long? Cursor(Parameters p)
    {
        if (p.Text("cursor") is not { Length: > 0 } cursor)
        {
            return null;
        }

        var id = Decode(cursor);
        if (id is null)
        {
            p.Problem("cursor is invalid");
        }

        return id;
    }
}
