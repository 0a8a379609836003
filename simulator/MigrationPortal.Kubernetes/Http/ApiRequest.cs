using Microsoft.AspNetCore.Http;

namespace MigrationPortal.Kubernetes;

/// <summary>One call on a resource, by a known caller.</summary>
internal sealed class ApiRequest(HttpContext http, ResourceKind kind, ApiPath path, string verb, Caller caller)
{
    public HttpContext Http => http;

    public ResourceKind Kind => kind;

    public string? Namespace => path.Namespace;

    public string Name => path.Name ?? "";

    public string Subresource => path.Subresource;

    public (string Port, string Path) Proxied => path.Proxied;

    /// <summary>As access rules name it: get, list, watch, create, update, patch, delete, deletecollection.</summary>
    public string Verb => verb;

    public Caller Caller => caller;

    public bool DryRun => http.Request.Query["dryRun"] is [.., "All"];

    public string? Query(string name) => http.Request.Query[name] is [.., { Length: > 0 } value] ? value : null;

    public bool Flag(string name) => Query(name) is "true" or "1";

    /// <exception cref="StatusException">Not a number.</exception>
    public long? Number(string name) => Query(name) switch
    {
        null => null,
        var text when long.TryParse(text, out var number) => number,
        var text => throw StatusException.BadRequest($"strconv.ParseInt: parsing \"{text}\": invalid syntax"),
    };

    /// <summary>Whose fields a write makes: as named, or the first word of the user agent.</summary>
    public string FieldManager
    {
        get
        {
            var agent = http.Request.Headers.UserAgent.ToString();
            return Query("fieldManager") ?? (agent.Split('/')[0] is { Length: > 0 } product ? product[..Math.Min(product.Length, 128)] : "unknown");
        }
    }

    /// <summary>Told to the caller in a header, as the server tells of unknown fields.</summary>
    public void Warn(string text) =>
        http.Response.Headers.Append("Warning", $"299 - \"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
}
