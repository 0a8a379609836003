using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What a cluster does by itself right after a write: a namespace gets its service account, a definition is served.</summary>
internal sealed class Aftermath(ObjectStore store, KindTable kinds, ObjectWriter writer)
{
    public void Follow(ResourceKind kind, StoredObject? before, StoredObject? after)
    {
        switch (kind.Kind, before, after)
        {
            case ("Namespace", null, { } added):
                Furnish(added.Name);
                break;
            case ("CustomResourceDefinition", _, { } stored):
                CrdReading.Serve(kinds, stored.Read());
                Establish(kind, stored);
                break;
            case ("CustomResourceDefinition", { } gone, null):
                Forget(gone.Read());
                break;
        }
    }

    private void Furnish(string space)
    {
        Make("serviceaccounts", space, """{"apiVersion":"v1","kind":"ServiceAccount","metadata":{"name":"default"}}""");
        Make("configmaps", space, """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"kube-root-ca.crt"},"data":{"ca.crt":""}}""");
    }

    private void Make(string plural, string space, string json) =>
        writer.Create(WriteOptions.Own(KindTable.BuiltInOf(plural), space, "", "kube-controller-manager"), JsonNode.Parse(json)!.AsObject());

    private void Establish(ResourceKind kind, StoredObject stored)
    {
        var item = stored.Read();
        if (item.Items("status", "conditions").Any(one => one.Text("type") == "Established"))
        {
            return;
        }

        var now = item.Text("metadata", "creationTimestamp");
        JsonObject Condition(string type, string reason, string message) => new()
        {
            ["type"] = type,
            ["status"] = "True",
            ["lastTransitionTime"] = now,
            ["reason"] = reason,
            ["message"] = message,
        };
        writer.Change(
            WriteOptions.Own(kind, null, stored.Name, "kube-apiserver", "status"),
            live =>
            {
                live["status"] = new JsonObject
                {
                    ["conditions"] = new JsonArray(
                        Condition("NamesAccepted", "NoConflicts", "no conflicts found"),
                        Condition("Established", "InitialNamesAccepted", "the initial names have been accepted")),
                    ["acceptedNames"] = live.At("spec", "names")!.DeepClone(),
                    ["storedVersions"] = new JsonArray([.. live.Items("spec", "versions").Where(one => one.Flag("storage") == true)
                        .Select(JsonNode? (one) => JsonValue.Create(one.Text("name")))]),
                };
                return live;
            },
            patched: true);
    }

    private void Forget(JsonObject definition)
    {
        var (group, plural) = (definition.Text("spec", "group") ?? "", definition.Text("spec", "names", "plural") ?? "");
        if (kinds.All.FirstOrDefault(one => one.Group == group && one.Plural == plural) is { } kind)
        {
            kinds.Serve(group, plural, []);
            store.Of(kind).ForEachWatcher(watcher => watcher.End());
            store.Forget(kind);
        }
    }
}
