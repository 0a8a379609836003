using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>One object as it is kept: its JSON in bytes, with what lists and watches select by beside it.</summary>
internal sealed class StoredObject
{
    private StoredObject(
        string? space, string name, string uid, long version, byte[] json, KeyValuePair<string, string>[] labels, string[] fields, string[] owners)
    {
        Namespace = space;
        Name = name;
        Uid = uid;
        Version = version;
        Json = json;
        Labels = labels;
        Fields = fields;
        Owners = owners;
        Key = KeyOf(space, name);
    }

    /// <summary>In the order of lists.</summary>
    public string Key { get; }

    public string? Namespace { get; }

    public string Name { get; }

    public string Uid { get; }

    public long Version { get; }

    /// <summary>Beginning with kind and apiVersion.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; }

    /// <summary>In the order of <see cref="SelectableFields.Of"/>.</summary>
    public IReadOnlyList<string> Fields { get; }

    /// <summary>The uids of those whose end is its own.</summary>
    public IReadOnlyList<string> Owners { get; }

    public static string KeyOf(string? space, string name) => space is null ? name : $"{space}/{name}";

    /// <summary>To look up by key.</summary>
    public static StoredObject Probe(string key) => new(null, key, "", 0, [], [], [], []);

    public static StoredObject Of(JsonObject item, ResourceKind kind, long version)
    {
        item.Remove("kind");
        item.Remove("apiVersion");
        item.Insert(0, "kind", kind.Kind);
        item.Insert(1, "apiVersion", kind.ApiVersion);
        var labels = item.Map("metadata", "labels")?
            .Select(one => KeyValuePair.Create(string.Intern(one.Key), string.Intern(one.Value?.ToString() ?? ""))).ToArray() ?? [];
        var fields = SelectableFields.Of(kind).Select(path => string.Intern(SelectableFields.Read(item, path))).ToArray();
        return new StoredObject(
            item.Text("metadata", "namespace") is { } space ? string.Intern(space) : null, item.Text("metadata", "name")!,
            item.Text("metadata", "uid") ?? "", version, JsonSerializer.SerializeToUtf8Bytes(item, WireJson.Options), labels, fields,
            [.. item.Items("metadata", "ownerReferences").Select(one => string.Intern(one.Text("uid") ?? ""))]);
    }

    public JsonObject Read() => JsonNode.Parse(Json.Span)!.AsObject();
}
