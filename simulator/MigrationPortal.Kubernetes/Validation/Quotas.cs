using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Resource quotas of a namespace: counts of objects, and what its live pods ask for. Scopes are not evaluated.</summary>
internal static class Quotas
{
    private static readonly string[] Counted =
        ["pods", "secrets", "configmaps", "services", "persistentvolumeclaims", "resourcequotas"];

    /// <exception cref="StatusException">403: this new object would exceed one, or does not say what one asks to be said.</exception>
    public static void Admit(ObjectStore store, WriteOptions options, JsonObject item)
    {
        foreach (var stored in Of(store, options.Namespace!))
        {
            var hard = stored.Read().Map("spec", "hard") ?? [];
            var asked = hard.Select(one => (Name: one.Key, Hard: one.Value?.ToString() ?? "0", Asked: AskedBy(options.Kind, item, one.Key)))
                .Where(one => one.Asked is not null).ToArray();
            if (Missing(options.Kind, item, hard) is { Length: > 0 } missing)
            {
                throw StatusException.Forbidden(options.Kind, options.Name, $"failed quota: {stored.Name}: must specify {missing}");
            }

            var over = asked.Select(one => (one.Name, one.Hard, Asked: one.Asked!.Value, Used: Used(store, options.Namespace!, one.Name)))
                .Where(one => one.Asked > 0 && one.Used + one.Asked > Quantity.Parse(one.Hard)).OrderBy(one => one.Name, StringComparer.Ordinal).ToArray();
            if (over.Length > 0)
            {
                throw StatusException.Forbidden(options.Kind, options.Name,
                    $"exceeded quota: {stored.Name}, requested: {Shown(over.Select(one => (one.Name, one.Asked)))}, "
                    + $"used: {Shown(over.Select(one => (one.Name, one.Used)))}, limited: {string.Join(',', over.Select(one => $"{one.Name}={one.Hard}"))}");
            }
        }
    }

    public static IEnumerable<StoredObject> Of(ObjectStore store, string space) =>
        store.Of(KindTable.BuiltInOf("resourcequotas")).Items.Where(one => one.Namespace == space);

    /// <summary>What the namespace holds of this resource now.</summary>
    public static decimal Used(ObjectStore store, string space, string resource)
    {
        if (CountedKind(resource) is { Kind: not "Pod" } kind)
        {
            return store.Of(kind).Items.Count(one => one.Namespace == space);
        }

        var pods = store.Of(KindTable.BuiltInOf("pods"));
        var live = pods.Items.Where(one => one.Namespace == space && one.Fields[1] is not ("Succeeded" or "Failed"));
        return CountedKind(resource) is not null ? live.Count() : live.Sum(one => OfPod(one.Read(), resource) ?? 0);
    }

    public static string Shown(string resource, decimal amount) =>
        Quantity.Shown(amount, resource.Contains("memory", StringComparison.Ordinal) || resource.Contains("storage", StringComparison.Ordinal));

    private static decimal? AskedBy(ResourceKind kind, JsonObject item, string resource)
    {
        if (CountedKind(resource) is { } counted)
        {
            return counted.Plural == kind.Plural && counted.Group == kind.Group ? 1 : null;
        }

        return kind is { Kind: "Pod", Group: "" } ? OfPod(item, resource) : null;
    }

    private static string Missing(ResourceKind kind, JsonObject item, JsonObject hard) => kind is not { Kind: "Pod", Group: "" } ? "" : string.Join("; ",
        from container in PodDefaults.Containers(item.Map("spec") ?? [])
        let missing = hard.Select(one => one.Key).Where(name => Computed(name) is { Name: "cpu" or "memory" } part
            && container.Map("resources", part.Part)?[part.Name] is null).ToArray()
        where missing.Length > 0
        select string.Join("; ", missing.Order(StringComparer.Ordinal).Select(name => $"{name} for: {container.Text("name")}")));

    // Init containers run one by one and before the others: the largest of them, or the sum of the rest.
    private static decimal? OfPod(JsonObject pod, string resource)
    {
        if (Computed(resource) is not { } computed)
        {
            return null;
        }

        decimal Of(JsonObject container) => Quantity.Parse(container.Map("resources", computed.Part)?[computed.Name]?.ToString());
        var spec = pod.Map("spec");
        return Math.Max(spec.Items("containers").Sum(Of), spec.Items("initContainers").Select(Of).DefaultIfEmpty().Max());
    }

    private static (string Part, string Name)? Computed(string resource) => resource switch
    {
        "cpu" or "memory" or "ephemeral-storage" => ("requests", resource),
        "requests.storage" => null,
        _ when resource.StartsWith("requests.", StringComparison.Ordinal) => ("requests", resource[9..]),
        _ when resource.StartsWith("limits.", StringComparison.Ordinal) => ("limits", resource[7..]),
        _ => null,
    };

    private static ResourceKind? CountedKind(string resource)
    {
        if (Counted.Contains(resource))
        {
            return KindTable.BuiltInOf(resource);
        }

        if (!resource.StartsWith("count/", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = resource[6..].Split('.', 2);
        return KindTable.BuiltInOf(parts[0]) is { } kind && kind.Group == (parts.Length > 1 ? parts[1] : "") ? kind : null;
    }

    private static string Shown(IEnumerable<(string Name, decimal Amount)> amounts) =>
        string.Join(',', amounts.Select(one => $"{one.Name}={Shown(one.Name, one.Amount)}"));
}
