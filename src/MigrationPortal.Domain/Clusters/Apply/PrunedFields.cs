using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>Fields that were sent and did not come back: the cluster does not know them, and drops them without a word.</summary>
public static class PrunedFields
{
    public static IReadOnlyList<string> Of(JsonObject sent, JsonObject returned)
    {
        var gone = new List<string>();
        Walk(sent, returned, FieldPath.Root, gone);
        return gone;
    }

    private static void Walk(JsonNode? sent, JsonNode? returned, FieldPath path, List<string> gone)
    {
        switch (sent)
        {
            case JsonObject map when returned is JsonObject live:
                foreach (var (name, value) in map) Walk(value, live[name], path.Below(new FieldStep.Field(name)), gone);
                break;
            case JsonArray list when returned is JsonArray live:
                var items = FieldDiff.Items(path, live).ToList();
                foreach (var step in FieldDiff.Items(path, list)) Walk(step.Node, Matching(step, items, live, list), path.Below(step), gone);
                break;
            default:
                if (returned is null && !IsNothing(sent)) gone.Add(path.ToString());
                break;
        }
    }

    // Whoever writes JSON may leave out nothing, the empty and zero: Kubernetes does so for most of its own fields.
    private static bool IsNothing(JsonNode? sent) => sent switch
    {
        null => true,
        JsonObject map => map.All(one => IsNothing(one.Value)),
        JsonArray list => list.Count == 0,
        JsonValue value => value.ToJsonString() is "\"\"" or "0" or "false" or "0.0",
        _ => false,
    };

    private static JsonNode? Matching(FieldStep.Item step, List<FieldStep.Item> items, JsonArray live, JsonArray sent)
    {
        if (step.Keys is null) return live.Count == sent.Count ? live[step.Index] : null;
        return (items.Find(one => one.ToString() == step.ToString()) ?? items.Find(one => step.Keys.All(key => JsonNode.DeepEquals(one.Node?[key], step.Node?[key]))))?.Node;
    }
}
