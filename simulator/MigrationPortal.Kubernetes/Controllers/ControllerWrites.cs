using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>How controllers read and write: as parts of the cluster, whose new objects pass admission like anybody's.</summary>
internal sealed class ControllerWrites(KubernetesParts parts)
{
    public string Now => Times.Of(parts.Time.GetUtcNow());

    public ObjectStore Store => parts.Store;

    public KindTable Kinds => parts.Kinds;

    public IEnumerable<StoredObject> All(string plural) => parts.Store.Of(KindTable.BuiltInOf(plural)).Items;

    /// <exception cref="StatusException">Admission refuses it.</exception>
    public StoredObject Create(string plural, string space, JsonObject item, string controller) => parts.Writer.Create(
        WriteOptions.Own(KindTable.BuiltInOf(plural), space, "", "kube-controller-manager") with
        {
            Caller = Caller.OfServiceAccount("kube-system", controller),
        },
        item);

    public void SetStatus(StoredObject item, ResourceKind kind, JsonObject status, string manager) =>
        Change(item, kind, manager, "status", live => live["status"] = status);

    public void Change(StoredObject item, ResourceKind kind, string manager, string subresource, Action<JsonObject> change) => parts.Writer.Change(
        WriteOptions.Own(kind, item.Namespace, item.Name, manager, subresource),
        live =>
        {
            change(live);
            return live;
        },
        patched: true);

    public void Remove(StoredObject item, ResourceKind kind) => parts.Commits.Remove(kind, item.Read());

    public void Delete(StoredObject item, ResourceKind kind, JsonObject? options = null) =>
        parts.Deletions.Delete(WriteOptions.Own(kind, item.Namespace, item.Name, "kube-controller-manager"), options);

    /// <summary>An event about this object; one told before is counted on, and so is a warning of the same reason in other words.</summary>
    public void Tell(JsonObject about, string kind, string type, string reason, string message, string component)
    {
        var space = about.Text("metadata", "namespace") ?? "default";
        var events = KindTable.BuiltInOf("events");
        var key = $"{about.Text("metadata", "name")}.{Hash(type == "Warning" ? reason : reason + message):x}";
        if (parts.Store.Of(events).Find($"{space}/{key}") is { } known)
        {
            Change(known, events, component, "", live =>
            {
                live["count"] = (live.Whole("count") ?? 1) + 1;
                live["lastTimestamp"] = Now;
                live["message"] = message;
            });
            return;
        }

        var item = new JsonObject
        {
            ["kind"] = "Event",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject { ["name"] = key, ["namespace"] = space },
            ["involvedObject"] = new JsonObject
            {
                ["kind"] = kind,
                ["namespace"] = space,
                ["name"] = about.Text("metadata", "name"),
                ["uid"] = about.Text("metadata", "uid"),
                ["apiVersion"] = about.Text("apiVersion"),
            },
            ["reason"] = reason,
            ["message"] = message,
            ["type"] = type,
            ["count"] = 1,
            ["firstTimestamp"] = Now,
            ["lastTimestamp"] = Now,
            ["source"] = new JsonObject { ["component"] = component },
            ["reportingComponent"] = component,
        };
        parts.Writer.Create(WriteOptions.Own(events, space, "", component), item);
    }

    private static uint Hash(string text) => text.Aggregate(17u, (sum, letter) => unchecked((sum * 31) + letter));
}
