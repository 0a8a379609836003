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
                var items = FieldDiff.Items(live).ToList();
                foreach (var step in FieldDiff.Items(list)) Walk(step.Value, Matching(step, items, live, list), path.Below(step), gone);
                break;
            default:
                // Nothing and the empty may be left out by whoever writes JSON.
                if (returned is null && sent is not (null or JsonObject { Count: 0 } or JsonArray { Count: 0 })) gone.Add(path.ToString());
                break;
        }
    }

    private static JsonNode? Matching(FieldStep.Item step, List<FieldStep.Item> items, JsonArray live, JsonArray sent)
    {
        if (step.Key is null) return live.Count == sent.Count ? live[step.Index] : null;
        return (items.Find(one => one.ToString() == step.ToString()) ?? items.Find(one => JsonNode.DeepEquals(one.Value?[step.Key], step.Value?[step.Key])))?.Value;
    }
}
