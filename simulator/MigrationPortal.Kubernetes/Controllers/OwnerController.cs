using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Garbage collection: what belongs to an owner goes with it, before it or not at all, as the delete asked.</summary>
internal sealed class OwnerController(ControllerWrites writes)
{
    public void Run()
    {
        var kinds = writes.Kinds.All.Where(one => !one.IsReview && one.View is null).DistinctBy(one => (one.Group, one.Plural)).ToArray();
        var all = kinds.SelectMany(kind => writes.Store.Of(kind).Items.Select(item => (Kind: kind, Item: item))).ToArray();
        var uids = all.Select(one => one.Item.Uid).ToHashSet(StringComparer.Ordinal);
        var owned = all.Where(one => one.Item.Owners.Count > 0).ToArray();
        foreach (var (kind, item) in owned.Where(one => !one.Item.Owners.Any(uids.Contains)))
        {
            writes.Delete(item, kind);
        }

        foreach (var (kind, item) in all.Where(one => IsMarked(one.Item)))
        {
            End(kind, item, [.. owned.Where(one => one.Item.Owners.Contains(item.Uid))]);
        }
    }

    private void End(ResourceKind kind, StoredObject owner, (ResourceKind Kind, StoredObject Item)[] dependents)
    {
        var finalizers = owner.Read().Texts("metadata", "finalizers").ToArray();
        if (finalizers.Contains("orphan"))
        {
            foreach (var (itsKind, item) in dependents)
            {
                writes.Change(item, itsKind, "kube-controller-manager", "", live => live["metadata"]!.AsObject().Remove("ownerReferences"));
            }

            Release(kind, owner, "orphan");
        }
        else if (finalizers.Contains("foregroundDeletion"))
        {
            if (dependents.Length == 0)
            {
                Release(kind, owner, "foregroundDeletion");
            }

            foreach (var (itsKind, item) in dependents)
            {
                writes.Delete(item, itsKind);
            }
        }
    }

    private void Release(ResourceKind kind, StoredObject owner, string finalizer) =>
        writes.Change(owner, kind, "kube-controller-manager", "", live => live["metadata"]!["finalizers"] =
            new JsonArray([.. live.Texts("metadata", "finalizers").Where(one => one != finalizer).Select(JsonNode? (one) => JsonValue.Create(one))]));

    // Parsing every object each round would be dear: most have no finalizers at all.
    private static bool IsMarked(StoredObject item) => item.Json.Span.IndexOf("\"deletionTimestamp\""u8) >= 0 && item.Json.Span.IndexOf("\"finalizers\""u8) >= 0;
}
