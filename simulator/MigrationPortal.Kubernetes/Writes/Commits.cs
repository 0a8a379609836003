using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>The last step of a write: version, generation, store, and what follows from it. The caller holds the gate.</summary>
internal sealed class Commits(ObjectStore store)
{
    /// <summary>Told after each change; the item is null when it has gone.</summary>
    public event Action<ResourceKind, StoredObject?, StoredObject?>? Happened;

    public StoredObject Create(WriteOptions options, JsonObject item)
    {
        if (options.DryRun)
        {
            return StoredObject.Of(item, options.Kind, 0);
        }

        var stored = Version(options.Kind, item);
        store.Of(options.Kind).Put(stored);
        Happened?.Invoke(options.Kind, null, stored);
        return store.Of(options.Kind).Find(stored.Key) ?? stored;
    }

    public StoredObject Update(WriteOptions options, StoredObject before, JsonObject live, JsonObject next)
    {
        if (Same(live, next))
        {
            return before;
        }

        var metadata = next["metadata"]!.AsObject();
        if (options.Kind.CountsGenerations && !options.OfStatus && !SameSpecification(options.Kind, live, next))
        {
            metadata["generation"] = (live["metadata"].Whole("generation") ?? 0) + 1;
        }

        if (options.DryRun)
        {
            metadata["resourceVersion"] = live.Text("metadata", "resourceVersion");
            return StoredObject.Of(next, options.Kind, before.Version);
        }

        if (metadata["deletionTimestamp"] is not null && !metadata.Texts("finalizers").Any() && metadata.Whole("deletionGracePeriodSeconds") is null or 0
            && !next.Map("spec").Texts("finalizers").Any())
        {
            return Remove(options.Kind, next);
        }

        var stored = Version(options.Kind, next);
        store.Of(options.Kind).Put(stored);
        Happened?.Invoke(options.Kind, before, stored);
        return stored;
    }

    /// <summary>As it is, without looking at what changed.</summary>
    public void Write(ResourceKind kind, StoredObject? before, JsonObject item)
    {
        var stored = Version(kind, item);
        store.Of(kind).Put(stored);
        Happened?.Invoke(kind, before, stored);
    }

    public StoredObject Remove(ResourceKind kind, JsonObject last)
    {
        var stored = Version(kind, last);
        store.Of(kind).Remove(stored);
        Happened?.Invoke(kind, stored, null);
        return stored;
    }

    private StoredObject Version(ResourceKind kind, JsonObject item)
    {
        var version = store.Next();
        item["metadata"]!["resourceVersion"] = version.ToString(provider: null);
        return StoredObject.Of(item, kind, version);
    }

    // The times of managed fields alone are no change.
    private static bool Same(JsonObject live, JsonObject next) => JsonNode.DeepEquals(Timeless(live), Timeless(next));

    private static bool SameSpecification(ResourceKind kind, JsonObject live, JsonObject next)
    {
        if (!kind.IsCustom)
        {
            return JsonNode.DeepEquals(live["spec"], next["spec"]);
        }

        var ignored = kind.HasStatus ? (string[])["metadata", "status"] : ["metadata"];
        return JsonNode.DeepEquals(Without(live, ignored), Without(next, ignored));
    }

    private static JsonObject Without(JsonObject item, string[] fields)
    {
        var rest = item.DeepClone().AsObject();
        Array.ForEach(fields, field => rest.Remove(field));
        return rest;
    }

    private static JsonObject Timeless(JsonObject item)
    {
        var copy = item.DeepClone().AsObject();
        foreach (var entry in copy.Items("metadata", "managedFields"))
        {
            entry.Remove("time");
        }

        return copy;
    }
}
