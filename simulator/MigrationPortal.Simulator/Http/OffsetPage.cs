using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace MigrationPortal.Simulator;

/// <summary>Offset paging: <c>page</c> and <c>per_page</c>, the <c>x-</c> headers and <c>link</c>, with what GitLab leaves out.</summary>
internal sealed record OffsetPage(int Number, int Size)
{
    public const int MaxSize = 100;

    /// <summary>Beyond this many rows GitLab does not tell totals.</summary>
    public const int CountLimit = 10_000;

    private const int MaxOffset = 50_000;

    public int Skip => (Number - 1) * Size;

    public static OffsetPage Of(ApiCall call)
    {
        var page = call.Params.Number("page") ?? 1;
        var size = call.Params.Number("per_page") ?? 20;
        if (size < 1)
        {
            call.Params.Problem("per_page does not have a valid value");
        }

        return new OffsetPage(Math.Max(1, page), Math.Clamp(size, 1, MaxSize));
    }

    /// <summary>405 beyond the greatest offset, for the types that enforce it.</summary>
    public ApiAnswer? TooDeep(string type) => (long)Number * Size <= MaxOffset ? null : ApiAnswer.Error(
        405,
        $"Offset pagination has a maximum allowed offset of {MaxOffset} for requests that return objects of type {type}. "
        + "Remaining records can be retrieved using keyset pagination.");

    /// <summary>A page of a list that is all there.</summary>
    public ApiAnswer Answer<T>(ApiCall call, IReadOnlyList<T> all, Func<T, object> entity) =>
        Answer(call, all.Skip(Skip).Take(Size).Select(entity).ToArray(), Skip + Size < all.Count, all.Count);

    /// <summary>A page that was cut already.</summary>
    /// <param name="total">Null: the endpoint pages without counting.</param>
    public ApiAnswer Answer(ApiCall call, IReadOnlyList<object> rows, bool more, long? total)
    {
        var known = total <= CountLimit ? total : null;
        var pages = known is null ? (long?)null : Math.Max(1, (known.Value + Size - 1) / Size);
        var headers = new List<KeyValuePair<string, string>>
        {
            new("x-page", Text(Number)),
            new("x-per-page", Text(Size)),
            new("x-next-page", more ? Text(Number + 1) : ""),
            new("x-prev-page", Number > 1 ? Text(Number - 1) : ""),
        };
        if (pages is { } p)
        {
            headers.Add(new("x-total", Text(known!.Value)));
            headers.Add(new("x-total-pages", Text(p)));
        }

        headers.Add(new("link", string.Join(", ", Links(call, more, pages))));
        return ApiAnswer.Ok(rows) with { Headers = headers };
    }

    private IEnumerable<string> Links(ApiCall call, bool more, long? pages)
    {
        if (Number > 1)
        {
            yield return Link(call, Number - 1, "prev");
        }

        if (more)
        {
            yield return Link(call, Number + 1, "next");
        }

        yield return Link(call, 1, "first");
        if (pages is { } last)
        {
            yield return Link(call, last, "last");
        }
    }

    private string Link(ApiCall call, long page, string rel) =>
        PageLink.To(call, rel, [new("page", Text(page)), new("per_page", Text(Size))]);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

internal static class PageLink
{
    /// <summary>The called address with these parameters in place of its own.</summary>
    public static string To(ApiCall call, string rel, IReadOnlyList<KeyValuePair<string, string>> parameters)
    {
        var query = new QueryBuilder(call.Http.Request.Query
            .Where(q => parameters.All(p => p.Key != q.Key) && q.Key is not ("private_token" or "access_token"))
            .SelectMany(q => q.Value.Select(v => KeyValuePair.Create(q.Key, v ?? ""))));
        foreach (var (key, value) in parameters)
        {
            query.Add(key, value);
        }

        // The path as it was sent: "group%2Fproject" must stay one segment.
        var sent = call.Http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget.Split('?')[0];
        var path = sent.StartsWith(call.Instance.PathBase, StringComparison.Ordinal) ? sent[call.Instance.PathBase.Length..] : sent;
        return $"<{call.BaseUrl}{path}{query.ToQueryString()}>; rel=\"{rel}\"";
    }
}
