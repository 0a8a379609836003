using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace MigrationPortal.Web.Shared;

/// <summary>One page of a list; <paramref name="NextCursor"/> is null on the last.</summary>
public sealed record PageOf<T>(IReadOnlyList<T> Items, string? NextCursor) : ICsvPage
{
    string ICsvPage.ToCsv() => Csv.Of(Items);
}

/// <summary>What a caller asked for: <c>?limit=</c> (1 to 500) and <c>&amp;cursor=</c> (opaque, from the page before).</summary>
public sealed record Paging(int Limit, string? After)
{
    public const int Most = 500;
    public const int Usual = 100;

    internal const string NotACursor = "Not a cursor of this list: take 'nextCursor' of the page before, unchanged.";

    public long? AfterNumber => After is null ? null : long.Parse(After, CultureInfo.InvariantCulture);

    public static Paging Read(int? limit, string? cursor, RequestErrors errors, bool byNumber = true)
    {
        ArgumentNullException.ThrowIfNull(errors);
        if (limit is < 1 or > Most) errors.Add("limit", $"Must lie between 1 and {Most}.");
        string? after = null;
        if (!string.IsNullOrEmpty(cursor))
        {
            after = Decode(cursor);
            if (after is null || (byNumber && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out _)))
                errors.Add("cursor", NotACursor);
        }

        return errors.Any ? new Paging(Usual, null) : new Paging(limit ?? Usual, after);
    }

    /// <summary>From one row more than the limit: the extra one only proves that there is a next page.</summary>
    public PageOf<TOut> Page<T, TOut>(IReadOnlyList<T> rows, Func<T, TOut> show, Func<T, string> keyOf)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(keyOf);
        var more = rows.Count > Limit;
        return new PageOf<TOut>([.. rows.Take(Limit).Select(show)], more ? Encode(keyOf(rows[Limit - 1])) : null);
    }

    public static string Encode(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    private static string? Decode(string cursor)
    {
        try
        {
            var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
            return PlainText.Holds(key) ? key : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
