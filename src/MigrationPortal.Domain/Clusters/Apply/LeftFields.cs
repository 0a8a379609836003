using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>An object without the fields that are left to others.</summary>
internal static class LeftFields
{
    /// <returns>Null when one of them cannot be left out without the rest.</returns>
    public static Manifest? Without(Manifest manifest, IEnumerable<HeldField> fields)
    {
        var body = (JsonObject)manifest.Body.DeepClone();
        return fields.All(one => Remove(body, FieldPath.Root, one.Path)) ? manifest.With(body) : null;
    }

    private static bool Remove(JsonNode? at, FieldPath path, string field)
    {
        switch (at)
        {
            case JsonObject map:
                foreach (var (name, value) in map.ToList())
                {
                    var below = path.Below(new FieldStep.Field(name));
                    if (below.ToString() == field) return map.Remove(name);
                    if (field.StartsWith(below.ToString(), StringComparison.Ordinal) && Remove(value, below, field)) return true;
                }

                return false;
            case JsonArray list:
                return FieldDiff.Items(path, list).ToList().Exists(step => Remove(step.Node, path.Below(step), field));
            default:
                return false;
        }
    }
}
