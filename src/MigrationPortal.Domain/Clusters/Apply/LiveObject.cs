using System.Globalization;
using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>An object as an API server showed it.</summary>
public sealed class LiveObject(JsonObject body)
{
    public JsonObject Body { get; } = body;

    public string Uid => Text("metadata", "uid") ?? "";

    public string Name => Text("metadata", "name") ?? "";

    public long Generation => Whole("metadata", "generation") ?? 0;

    public bool IsGoing => Text("metadata", "deletionTimestamp") is not null;

    /// <summary>Who must let it go before it is gone.</summary>
    public IReadOnlyList<string> Finalizers => [.. (At("metadata", "finalizers") as JsonArray ?? []).Select(one => one?.ToString() ?? "")];

    public IReadOnlyList<FieldOwner> Owners => field ??= [.. (Body["metadata"]?["managedFields"] as JsonArray ?? []).OfType<JsonObject>().Select(FieldOwner.Of)];

    public string? Label(string name) => Text("metadata", "labels", name);

    /// <summary>The configuration that it is of, where the portal applied it for another one than this.</summary>
    public string? OtherConfiguration(long configuration) =>
        Label(Rendering.ManagedBy) == IClusterObjects.FieldManager && Label(Rendering.ConfigurationLabel) is { } marked && marked != configuration.ToString(CultureInfo.InvariantCulture) ? marked : null;

    public string? Annotation(string name) => Text("metadata", "annotations", name);

    public bool IsOwnedBy(string uid) => (Body["metadata"]?["ownerReferences"] as JsonArray ?? []).Any(one => one?["uid"]?.ToString() == uid);

    public JsonNode? At(params ReadOnlySpan<string> path)
    {
        JsonNode? at = Body;
        foreach (var step in path) at = (at as JsonObject)?[step];
        return at;
    }

    public string? Text(params ReadOnlySpan<string> path) => At(path) is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public long? Whole(params ReadOnlySpan<string> path) => At(path) is JsonValue value && long.TryParse(value.ToJsonString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>What somebody wants of the object, without what the cluster writes into it by itself.</summary>
    public JsonObject Wanted()
    {
        var wanted = (JsonObject)Body.DeepClone();
        wanted.Remove("status");
        if (wanted["metadata"] is not JsonObject metadata) return wanted;
        foreach (var own in (string[])["managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink"]) metadata.Remove(own);
        // Counted up by the Deployment's controller.
        (metadata["annotations"] as JsonObject)?.Remove("deployment.kubernetes.io/revision");
        if (metadata["annotations"] is JsonObject { Count: 0 }) metadata.Remove("annotations");
        return wanted;
    }
}
