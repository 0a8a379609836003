using System.Runtime.CompilerServices;
using System.Web;
using MigrationPortal.Domain.Shared;
using Refit;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>
/// Walks a REST list by its <c>Link</c> headers. Only the parameters of the <c>next</c> link are taken, never its host:
/// behind a proxy GitLab may name another, and the token goes nowhere but to the configured address.
/// </summary>
internal static class Paging
{
    public const int PageSize = 100;

    public static Dictionary<string, string> Keyset(string sort = "desc", params (string Key, string Value)[] more) =>
        With(more, ("pagination", "keyset"), ("order_by", "id"), ("sort", sort));

    public static Dictionary<string, string> Offset(params (string Key, string Value)[] more) => With(more);

    public static async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(
        InstanceId instance, IDictionary<string, string> first, Func<IDictionary<string, string>, Task<IApiResponse<List<T>>>> ask, [EnumeratorCancellation] CancellationToken cancel)
    {
        for (IDictionary<string, string>? page = first; page is not null;)
        {
            cancel.ThrowIfCancellationRequested();
            var response = await ask(page).ConfigureAwait(false);
            yield return response.Required(instance);
            page = Next(response);
        }
    }

    public static Dictionary<string, string>? Next(IApiResponse response) =>
        Next(response.Headers?.TryGetValues("Link", out var links) == true ? links : []);

    public static Dictionary<string, string>? Next(IEnumerable<string> links)
    {
        foreach (var link in links.SelectMany(line => line.Split(',')))
        {
            if (!link.Contains("rel=\"next\"", StringComparison.Ordinal)) continue;
            var from = link.IndexOf('?', StringComparison.Ordinal);
            var to = link.IndexOf('>', StringComparison.Ordinal);
            if (from < 0 || to < from) return null;
            var query = HttpUtility.ParseQueryString(link[(from + 1)..to]);
            return query.AllKeys.Where(key => key is not null).ToDictionary(key => key!, key => query[key]!);
        }
        return null;
    }

    private static Dictionary<string, string> With((string Key, string Value)[] more, params (string Key, string Value)[] fixedOnes)
    {
        var page = new Dictionary<string, string> { ["per_page"] = "100" };
        foreach (var (key, value) in fixedOnes.Concat(more)) page[key] = value;
        return page;
    }
}
