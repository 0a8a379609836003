using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>One field that differs. Texts of several lines show the lines that differ alone.</summary>
/// <param name="From">Null: it was not there.</param>
/// <param name="To">Null: it goes.</param>
public sealed record FieldChange(FieldPath Path, string? From, string? To);

/// <summary>Two states of one object, field by field.</summary>
public static class FieldDiff
{
    public static IReadOnlyList<FieldChange> Between(JsonObject from, JsonObject to)
    {
        var found = new List<FieldChange>();
        Walk(from, to, FieldPath.Root, found);
        return found;
    }

    /// <summary>The items of a list with the fields that tell them apart, where some do.</summary>
    internal static IEnumerable<FieldStep.Item> Items(FieldPath path, JsonArray list)
    {
        var keys = KeysOf(path, list);
        return list.Select((item, index) => new FieldStep.Item(index, keys, item));
    }

    private static void Walk(JsonNode? from, JsonNode? to, FieldPath path, List<FieldChange> found)
    {
        if (JsonNode.DeepEquals(from, to)) return;
        switch (from, to)
        {
            case (JsonObject before, JsonObject after):
                foreach (var name in before.Select(one => one.Key).Union(after.Select(one => one.Key), StringComparer.Ordinal)) Walk(before[name], after[name], path.Below(new FieldStep.Field(name)), found);
                break;
            case (JsonArray before, JsonArray after) when KeysOf(path, before) is { } keys && KeysOf(path, after) is { } same && keys.SequenceEqual(same, StringComparer.Ordinal):
                var (old, now) = (Items(path, before).ToList(), Items(path, after).ToList());
                foreach (var step in now) Walk(old.Find(one => one.ToString() == step.ToString())?.Node, step.Node, path.Below(step), found);
                foreach (var gone in old.Where(one => !now.Exists(step => step.ToString() == one.ToString()))) Walk(gone.Node, null, path.Below(gone), found);
                break;
            default:
                var (was, becomes) = FieldText.Both(path, from, to);
                found.Add(new FieldChange(path, was, becomes));
                break;
        }
    }

    private static IReadOnlyList<string>? KeysOf(FieldPath path, JsonArray list)
    {
        if (list.Count == 0) return null;
        if (MergeKeys.Of(path, list) is { } known) return Distinct(list, known) ? known : null;
        // Of the Operator's lists and of what Kubernetes takes as one whole: whatever tells its items apart, for people alone.
        return Array.Find((string[])["name", "key", "mountPath"], key => list.All(item => item is JsonObject map && map[key] is JsonValue) && Distinct(list, [key])) is { } one ? [one] : null;
    }

    private static bool Distinct(JsonArray list, IReadOnlyList<string> keys) =>
        list.Select(item => string.Join(',', keys.Select(key => FieldStep.Item.Value(item!, key)))).Distinct(StringComparer.Ordinal).Count() == list.Count;
}
