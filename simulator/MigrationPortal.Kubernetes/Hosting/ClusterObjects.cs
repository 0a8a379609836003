using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What a cluster holds, read and written directly: for seeding and for playing the cluster's own part. Nothing here
/// is refused by access rules or admission; what is malformed still is.</summary>
public sealed class ClusterObjects
{
    private const string Manager = "seed";
    private readonly KubernetesParts parts;

    internal ClusterObjects(KubernetesParts parts)
    {
        this.parts = parts;
        parts.Commits.Happened += (kind, before, after) => Changed?.Invoke(kind.Qualified, (after ?? before)!.Namespace, (after ?? before)!.Name);
    }

    /// <summary>Told after each write, by whomever, with resource, namespace and name. The cluster is locked meanwhile: note it and return.</summary>
    public event Action<string, string?, string>? Changed;

    /// <summary>Creates the objects of this JSON or YAML text, or replaces those already there, status included.</summary>
    /// <param name="manager">Who owns the fields written.</param>
    public void Put(string jsonOrYaml, string manager = Manager)
    {
        foreach (var document in Yaml.Documents(jsonOrYaml).OfType<JsonObject>())
        {
            Put(document, manager);
        }
    }

    /// <summary>As the other, for one object, which is taken over as it is.</summary>
    public JsonObject Put(JsonObject item, string manager = Manager)
    {
        var kind = KindOf(item);
        var options = WriteOptions.Own(kind, item.Text("metadata", "namespace"), item.Text("metadata", "name") ?? "", manager);
        lock (parts.Store.Gate)
        {
            if (options.Name.Length == 0 || parts.Store.Of(kind).Find(options.Key) is null)
            {
                return parts.Writer.Create(options, item).Read();
            }

            item.Map("metadata")!.Remove("resourceVersion");
            var status = item["status"]?.DeepClone();
            var written = parts.Writer.Change(options, _ => item, patched: false).Read();
            return status is null || !kind.HasStatus ? written : SetStatus(kind, options, status).Read();
        }
    }

    /// <summary>Writes as the cluster's own parts do what changes by the thousand: as given, with status, unchecked, and nobody owns
    /// a field of it. An identity and a time of creation that it brings stay its own; the item is taken over.</summary>
    public void Play(JsonObject item)
    {
        var kind = KindOf(item);
        var options = WriteOptions.Own(kind, item.Text("metadata", "namespace"), item.Text("metadata", "name")!, Manager);
        lock (parts.Store.Gate)
        {
            var before = parts.Store.Of(kind).Find(options.Key);
            if (before is null)
            {
                var (uid, born) = (item.Text("metadata", "uid"), item.Text("metadata", "creationTimestamp"));
                WriteParts.Begin(options, item, born ?? Times.Of(parts.Time.GetUtcNow()));
                item["metadata"]!["uid"] = uid ?? item.Text("metadata", "uid");
            }

            parts.Commits.Write(kind, before, item);
        }
    }

    /// <summary>Deletes as a call does: pods on nodes are only marked, for as long as they may take.</summary>
    /// <returns>False when there is none.</returns>
    public bool Delete(string resource, string? space, string name)
    {
        var kind = KindOf(resource);
        lock (parts.Store.Gate)
        {
            if (parts.Store.Of(kind).Find(StoredObject.KeyOf(space, name)) is null)
            {
                return false;
            }

            parts.Deletions.Delete(WriteOptions.Own(kind, space, name, Manager), null);
            return true;
        }
    }

    /// <summary>A copy; null when there is none.</summary>
    /// <param name="resource">Plural, with group where it has one: <c>pods</c>, <c>deployments.apps</c>.</param>
    /// <param name="space">Null for what is not namespaced.</param>
    public JsonObject? Get(string resource, string? space, string name) =>
        parts.Store.Of(KindOf(resource)).Find(StoredObject.KeyOf(space, name))?.Read();

    /// <summary>Copies of all, in the order of lists.</summary>
    public IEnumerable<JsonObject> List(string resource, string? space = null) =>
        parts.Store.Of(KindOf(resource)).Items.Where(one => space is null || one.Namespace == space).Select(one => one.Read());

    /// <summary>Whether there is such a resource: custom ones come and go with their definitions.</summary>
    public bool Serves(string resource) => parts.Kinds.All.Any(one => one.Qualified == resource || one.Plural == resource);

    public int Count(string resource) => parts.Store.Of(KindOf(resource)).Items.Count;

    /// <summary>Changes an object in place, status included, as its owner <paramref name="manager"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public JsonObject Change(string resource, string? space, string name, Action<JsonObject> change, string manager = Manager)
    {
        var item = Get(resource, space, name) ?? throw new KeyNotFoundException($"{resource} {space}/{name}");
        change(item);
        return Put(item, manager);
    }

    /// <summary>Removes it at once, finalizers or not. False when there is none.</summary>
    public bool Remove(string resource, string? space, string name)
    {
        var kind = KindOf(resource);
        lock (parts.Store.Gate)
        {
            if (parts.Store.Of(kind).Find(StoredObject.KeyOf(space, name)) is not { } stored)
            {
                return false;
            }

            parts.Commits.Remove(kind, stored.Read());
            return true;
        }
    }

    /// <summary>Appends to the log of a container.</summary>
    public void WriteLog(string space, string pod, string container, string text) => parts.Logs.Write(space, pod, container, text);

    private StoredObject SetStatus(ResourceKind kind, WriteOptions options, JsonNode status) => parts.Writer.Change(
        options with { Kind = kind, Subresource = "status" },
        live =>
        {
            live["status"] = status;
            return live;
        },
        patched: true);

    private ResourceKind KindOf(JsonObject item) =>
        parts.Kinds.OfKind(item.Text("apiVersion") ?? "", item.Text("kind") ?? "")
        ?? throw new ArgumentException($"No kind {item.Text("kind")} in {item.Text("apiVersion")} is served here.", nameof(item));

    private ResourceKind KindOf(string resource) =>
        parts.Kinds.All.FirstOrDefault(one => one.Qualified == resource) ?? parts.Kinds.All.FirstOrDefault(one => one.Plural == resource)
        ?? throw new ArgumentException($"No resource {resource} is served here.", nameof(resource));
}
