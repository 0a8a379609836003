using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>
/// Of an object that is there, what applying another state of it may change: the fields that are the portal's already, and those
/// that are sent. Applied again with force, the object is as it was: what it did not have goes, because nobody else owns it.
/// </summary>
internal static class FieldsBefore
{
    public static JsonObject Of(LiveObject live, JsonObject sent)
    {
        var own = live.Owners.FirstOrDefault(one => one.IsPortal);
        var kept = new JsonObject { ["apiVersion"] = sent["apiVersion"]?.DeepClone(), ["kind"] = sent["kind"]?.DeepClone(), ["metadata"] = new JsonObject { ["name"] = live.Name } };
        if (live.Text("metadata", "namespace") is { } space) kept["metadata"]!["namespace"] = space;
        foreach (var name in (string[])["labels", "annotations"])
            if (Kept(live.At("metadata", name), sent["metadata"]?[name], Path("metadata", name), own) is { } marks) kept["metadata"]![name] = marks;
        foreach (var (name, value) in live.Body.Where(one => one.Key is not ("apiVersion" or "kind" or "metadata" or "status")))
            if (Kept(value, sent[name], Path(name), own) is { } field) kept[name] = field;
        return kept;
    }

    private static FieldPath Path(params ReadOnlySpan<string> names)
    {
        var path = FieldPath.Root;
        foreach (var name in names) path = path.Below(new FieldStep.Field(name));
        return path;
    }

    private static JsonNode? Kept(JsonNode? live, JsonNode? sent, FieldPath path, FieldOwner? own)
    {
        switch (live)
        {
            case JsonObject { Count: > 0 } map:
                var fields = new JsonObject();
                foreach (var (name, value) in map)
                    if (Kept(value, (sent as JsonObject)?[name], path.Below(new FieldStep.Field(name)), own) is { } field) fields[name] = field;
                return fields.Count > 0 ? fields : null;
            case JsonArray { Count: > 0 } list when MergeKeys.Of(path, list) is { } keys:
                var items = new JsonArray();
                var wanted = sent is JsonArray other ? FieldDiff.Items(path, other).ToList() : [];
                foreach (var step in list.Select((item, index) => new FieldStep.Item(index, keys, item)))
                {
                    if (Kept(step.Node, wanted.Find(one => one.ToString() == step.ToString())?.Node, path.Below(step), own) is not JsonObject item) continue;
                    foreach (var key in keys) if (item[key] is null && step.Node![key] is { } value) item[key] = value.DeepClone();
                    items.Add((JsonNode)item);
                }

                return items.Count > 0 ? items : null;
            default:
                return sent is not null || own?.Owns(path) == true ? live?.DeepClone() : null;
        }
    }
}
