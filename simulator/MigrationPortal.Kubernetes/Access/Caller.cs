using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace MigrationPortal.Kubernetes;

/// <summary>Who calls. Everybody with a token is also of <c>system:authenticated</c>.</summary>
internal sealed record Caller(string Name, IReadOnlyList<string> Groups)
{
    public static Caller Anonymous { get; } = new("system:anonymous", ["system:unauthenticated"]);

    public static Caller Known(string name, IEnumerable<string> groups) => new(name, [.. groups, "system:authenticated"]);

    public static Caller OfServiceAccount(string space, string name) => Known(
        $"system:serviceaccount:{space}:{name}", ["system:serviceaccounts", $"system:serviceaccounts:{space}"]);
}

/// <summary>The bearer tokens that a cluster knows.</summary>
internal sealed class Tokens
{
    private readonly ConcurrentDictionary<string, Caller> known = new(StringComparer.Ordinal);

    public void Add(string token, Caller caller) => known[token] = caller;

    public void Remove(string token) => known.TryRemove(token, out _);

    /// <exception cref="StatusException">401: a token that nobody has.</exception>
    public Caller Identify(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return Caller.Anonymous;
        }

        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && known.TryGetValue(header[7..].Trim(), out var caller)
            ? caller
            : throw StatusException.Unauthorized();
    }
}
