using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Empties namespaces that are being deleted, and lets them go when they are empty.</summary>
internal sealed class NamespaceController(ControllerWrites writes)
{
    public void Run()
    {
        var kind = KindTable.BuiltInOf("namespaces");
        foreach (var space in writes.All("namespaces").Where(one => one.Fields[0] == "Terminating"))
        {
            foreach (var (resource, item) in Content(space.Name))
            {
                writes.Delete(item, resource, new JsonObject { ["gracePeriodSeconds"] = 0 });
            }

            if (Content(space.Name).GroupBy(one => one.Kind.Qualified).Select(some => $"{some.Key} has {some.Count()} resource instances").ToArray()
                is { Length: > 0 } left)
            {
                writes.Change(space, kind, "kube-controller-manager", "status", live => live["status"]!["conditions"] = new JsonArray(new JsonObject
                {
                    ["type"] = "NamespaceContentRemaining",
                    ["status"] = "True",
                    ["reason"] = "SomeResourcesRemain",
                    ["lastTransitionTime"] = live.Text("metadata", "deletionTimestamp"),
                    ["message"] = $"Some resources are remaining: {string.Join(", ", left)}",
                }));
            }
            else
            {
                writes.Remove(space, kind);
            }
        }
    }

    private (ResourceKind Kind, StoredObject Item)[] Content(string space) =>
    [
        .. from kind in writes.Kinds.All.Where(one => one is { Namespaced: true, IsReview: false, View: null }).DistinctBy(one => (one.Group, one.Plural))
           from item in writes.Store.Of(kind).Items
           where item.Namespace == space
           select (kind, item),
    ];
}
