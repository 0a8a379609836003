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

    /// <summary>The items of a list with the field that tells them apart, where one does.</summary>
    internal static IEnumerable<FieldStep.Item> Items(JsonArray list)
    {
        var key = KeyOf(list);
        return list.Select((item, index) => new FieldStep.Item(index, key, item));
    }

    private static void Walk(JsonNode? from, JsonNode? to, FieldPath path, List<FieldChange> found)
    {
        if (JsonNode.DeepEquals(from, to)) return;
        switch (from, to)
        {
            case (JsonObject before, JsonObject after):
                foreach (var name in before.Select(one => one.Key).Union(after.Select(one => one.Key), StringComparer.Ordinal)) Walk(before[name], after[name], path.Below(new FieldStep.Field(name)), found);
                break;
            case (JsonArray before, JsonArray after) when KeyOf(before) is { } key && KeyOf(after) == key:
                var (old, now) = (Items(before).ToList(), Items(after).ToList());
                foreach (var step in now) Walk(old.Find(one => one.ToString() == step.ToString())?.Value, step.Value, path.Below(step), found);
                foreach (var gone in old.Where(one => !now.Exists(step => step.ToString() == one.ToString()))) Walk(gone.Value, null, path.Below(gone), found);
                break;
            default:
                var (was, becomes) = FieldText.Both(path, from, to);
                found.Add(new FieldChange(path, was, becomes));
                break;
        }
    }

    private static string? KeyOf(JsonArray list)
    {
        if (list.Count == 0) return null;
        return Array.Find((string[])["name", "key", "mountPath", "containerPort"], key =>
            list.All(item => item is JsonObject map && map[key] is JsonValue) && list.Select(item => item![key]!.ToJsonString()).Distinct(StringComparer.Ordinal).Count() == list.Count);
    }
}
