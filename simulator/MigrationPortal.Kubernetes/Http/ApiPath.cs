namespace MigrationPortal.Kubernetes;

/// <summary>What a resource path names.</summary>
/// <param name="Namespace">Null: of the cluster, or of all namespaces.</param>
internal sealed record ApiPath(string Group, string Version, string? Namespace, string Plural, string? Name, string Subresource)
{
    /// <summary>What is asked of the object behind a proxy: its port, empty for the only one, and the path there.</summary>
    public (string Port, string Path) Proxied { get; private init; }

    /// <summary>Null when the path names no resource.</summary>
    public static ApiPath? Parse(string path)
    {
        var parts = path.Trim('/').Split('/');
        var (group, version, rest) = parts switch
        {
            ["api", var v, .. var more] => ("", v, more),
            ["apis", var g, var v, .. var more] => (g, v, more),
            _ => ("", "", []),
        };
        return rest switch
        {
            ["namespaces", var space, var plural, var name, "proxy", .. var more] => new ApiPath(group, version, space, plural, name.Split(':')[0], "proxy")
            {
                Proxied = (name.Split(':').ElementAtOrDefault(1) ?? "", "/" + string.Join('/', more)),
            },
            ["namespaces", var space, var plural, .. var more] when more.Length <= 2 && !(group.Length == 0 && plural is "status" or "finalize") =>
                new ApiPath(group, version, space, plural, more.ElementAtOrDefault(0), more.ElementAtOrDefault(1) ?? ""),
            [var plural, .. var more] when plural.Length > 0 && more.Length <= 2 =>
                new ApiPath(group, version, null, plural, more.ElementAtOrDefault(0), more.ElementAtOrDefault(1) ?? ""),
            _ => null,
        };
    }
}
