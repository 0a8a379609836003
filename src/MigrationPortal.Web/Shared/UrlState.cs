using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace MigrationPortal.Web.Shared;

/// <summary>
/// Filters, tab, range and open row live in the URL, so that what is seen can be sent to a colleague. Pages read with
/// <c>[SupplyParameterFromQuery]</c> or from here, and write here; several values of one key are joined by commas.
/// </summary>
public sealed class UrlState(NavigationManager navigation)
{
    /// <summary>The value of a key, or null where the URL does not have it.</summary>
    public string? this[string key] =>
        QueryHelpers.ParseQuery(new Uri(navigation.Uri).Query).TryGetValue(key, out var value) && !string.IsNullOrEmpty(value) ? value.ToString() : null;

    public IReadOnlyList<string> All(string key) => this[key]?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];

    /// <summary>Sets or (null, empty) removes a key. Does not add to the history: the back button leaves the page.</summary>
    public void Set(string key, string? value) => Set([KeyValuePair.Create(key, value)]);

    /// <summary>Several keys in one step.</summary>
    public void Set(IEnumerable<KeyValuePair<string, string?>> values) =>
        navigation.NavigateTo(With(values), replace: true);

    /// <summary>Adds the value to the key's list, or takes it out.</summary>
    public void Toggle(string key, string value)
    {
        var values = All(key);
        Set(key, string.Join(',', values.Contains(value) ? values.Where(other => other != value) : [.. values, value]));
    }

    /// <summary>The address with the key changed, for a link.</summary>
    public string With(string key, string? value) => With([KeyValuePair.Create(key, value)]);

    /// <summary>The same for several keys.</summary>
    public string With(IEnumerable<KeyValuePair<string, string?>> values) =>
        navigation.GetUriWithQueryParameters(values.ToDictionary(pair => pair.Key, pair => string.IsNullOrEmpty(pair.Value) ? null : (object)pair.Value));

    /// <summary>The page's own address, without what follows it: "insights/rates".</summary>
    public string Page => navigation.ToBaseRelativePath(navigation.Uri).Split('?', '#')[0].TrimEnd('/');

    /// <summary>As <see cref="OfInstance(string)"/>, with a query of which null values are left out.</summary>
    public string OfInstance(string path, IEnumerable<KeyValuePair<string, string?>> query) => OfInstance(QueryHelpers.AddQueryString(path, query.Where(one => one.Value is not null)));

    /// <summary>The address of another page or of the API for the instance that this address names: it must answer for what is seen.</summary>
    public string OfInstance(string href)
    {
        ArgumentNullException.ThrowIfNull(href);
        var at = href.IndexOf('?', StringComparison.Ordinal);
        return this["instance"] is { } name && (at < 0 || !QueryHelpers.ParseQuery(href[at..]).ContainsKey("instance")) ? QueryHelpers.AddQueryString(href, "instance", name) : href;
    }
}
