using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Which parts of an object a write may touch: metadata that the server alone sets, status and specification apart.</summary>
internal static class WriteParts
{
    private static readonly string[] ServerSet =
        ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation", "resourceVersion", "selfLink", "generateName"];

    /// <summary>A new object: fresh identity, no status but what its kind begins with.</summary>
    public static void Begin(WriteOptions options, JsonObject item, string now)
    {
        var metadata = item.Ensure("metadata");
        foreach (var field in ServerSet.Where(field => field != "generateName"))
        {
            metadata.Remove(field);
        }

        metadata["name"] = options.Name;
        if (options.Kind.Namespaced)
        {
            metadata["namespace"] = options.Namespace;
        }

        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["creationTimestamp"] = now;
        if (options.Kind.CountsGenerations)
        {
            metadata["generation"] = 1;
        }

        if (options.Kind.HasStatus && options.Caller is not null)
        {
            item.Remove("status");
        }
    }

    /// <summary>The next state with all that this write may not touch as it was.</summary>
    public static JsonObject Keep(WriteOptions options, JsonObject live, JsonObject next)
    {
        if (options.OfStatus)
        {
            var kept = live.DeepClone().AsObject();
            kept.Remove("status");
            if (next["status"] is { } status)
            {
                kept["status"] = status.DeepClone();
            }

            next = kept;
        }
        else if (options.Kind.HasStatus)
        {
            next.Remove("status");
            if (live["status"] is { } status)
            {
                next["status"] = status.DeepClone();
            }
        }

        var metadata = next.Ensure("metadata");
        metadata["name"] = options.Name;
        foreach (var field in ServerSet)
        {
            metadata.Remove(field);
            if (live["metadata"]![field] is { } value)
            {
                metadata[field] = value.DeepClone();
            }
        }

        return next;
    }

    /// <summary>Of an applied configuration what this endpoint takes.</summary>
    public static JsonObject Claimed(WriteOptions options, JsonObject applied)
    {
        var claimed = applied.DeepClone().AsObject();
        if (options.OfStatus)
        {
            foreach (var field in claimed.Select(one => one.Key).Where(one => one is not ("apiVersion" or "kind" or "metadata" or "status")).ToArray())
            {
                claimed.Remove(field);
            }

            claimed["metadata"] = new JsonObject { ["name"] = options.Name };
        }
        else if (options.Kind.HasStatus)
        {
            claimed.Remove("status");
        }

        return claimed;
    }
}
