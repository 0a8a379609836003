using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Deletes: at once, or by mark where finalizers, a grace period or a namespace's content stand before it.</summary>
internal sealed class Deletions(ObjectStore store, Commits commits, TimeProvider time)
{
    /// <summary>The object when it is still there afterwards; null when it has gone.</summary>
    public (StoredObject Item, bool Gone) Delete(WriteOptions options, JsonObject? asked)
    {
        lock (store.Gate)
        {
            var stored = store.Of(options.Kind).Find(options.Key) ?? throw StatusException.NotFound(options.Kind, options.Name);
            var live = stored.Read();
            CheckPreconditions(options, live, asked.Map("preconditions"));
            var grace = Grace(options.Kind, live, asked);
            var next = live.DeepClone().AsObject();
            var waits = Mark(options.Kind, next, asked, grace);
            if (options.DryRun)
            {
                return (stored, !waits);
            }

            if (!waits)
            {
                return (commits.Remove(options.Kind, next), true);
            }

            return (commits.Update(options with { Subresource = "", DryRun = false }, stored, live, next), false);
        }
    }

    private bool Mark(ResourceKind kind, JsonObject item, JsonObject? asked, long grace)
    {
        var metadata = item["metadata"]!.AsObject();
        var finalizers = metadata.Texts("finalizers").ToList();
        var policy = asked.Text("propagationPolicy");
        if (policy is "Foreground" or "Orphan")
        {
            finalizers.Add(policy == "Foreground" ? "foregroundDeletion" : "orphan");
            metadata["finalizers"] = new JsonArray([.. finalizers.Distinct().Select(JsonNode? (one) => JsonValue.Create(one))]);
        }

        var hasContent = kind is { Kind: "Namespace", Group: "" } && item.Map("spec").Texts("finalizers").Any();
        if (finalizers.Count == 0 && grace == 0 && !hasContent)
        {
            return false;
        }

        metadata.Default("deletionTimestamp", Times.Of(time.GetUtcNow().AddSeconds(grace)));
        metadata["deletionGracePeriodSeconds"] = grace;
        if (hasContent)
        {
            item.Ensure("status")["phase"] = "Terminating";
            metadata.Remove("deletionGracePeriodSeconds");
        }

        return true;
    }

    // Without a node there is no kubelet to wait for.
    private static long Grace(ResourceKind kind, JsonObject item, JsonObject? asked) =>
        kind is not { Kind: "Pod", Group: "" } || item.Text("spec", "nodeName") is not { Length: > 0 }
        || item.Text("status", "phase") is "Succeeded" or "Failed"
            ? 0
            : asked.Whole("gracePeriodSeconds") ?? item.Map("spec").Whole("terminationGracePeriodSeconds") ?? 30;

    private static void CheckPreconditions(WriteOptions options, JsonObject live, JsonObject? preconditions)
    {
        foreach (var (field, word) in (ReadOnlySpan<(string, string)>)[("uid", "UID"), ("resourceVersion", "ResourceVersion")])
        {
            if (preconditions.Text(field) is { } asked && asked != live.Text("metadata", field))
            {
                throw StatusException.Conflict(options.Kind, options.Name,
                    $"Precondition failed: {word} in precondition: {asked}, {word} in object meta: {live.Text("metadata", field)}");
            }
        }
    }
}
