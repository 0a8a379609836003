namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>One key that stands in a document.</summary>
/// <param name="Path">Where, with positions: <c>runners[0].kubernetes.pod_labels.app</c>.</param>
/// <param name="SchemaPath">Its path in <see cref="ConfigKeys"/>: <c>runners[].kubernetes.pod_labels.app</c>.</param>
/// <param name="Key">What is known of it; null: unknown, or a name of the user's own inside <paramref name="Map"/>.</param>
/// <param name="Map">The key of maps that it stands in; null: none.</param>
public sealed record KeyUse(string Path, string SchemaPath, ConfigNode Node, ConfigKey? Key, ConfigKey? Map)
{
    public int Line => Node.Line;

    /// <summary>Inside <see cref="Map"/>: where the map itself stands.</summary>
    public string? MapPath { get; init; }

    /// <summary>Inside <see cref="Map"/>: the user's own name, with further ones below it behind dots.</summary>
    public string? NameInMap => MapPath is not { } map ? null : Path[map.Length] == '[' ? Path[(Path.IndexOf("].", map.Length, StringComparison.Ordinal) + 2)..] : Path[(map.Length + 1)..];

    /// <summary>gitlab-runner ignores it: neither a key that it reads, nor inside a map.</summary>
    public bool IsUnknown => Key is null && Map is null;
}

/// <summary>All keys of a document with what is known of them, in the order of the text; what stands below an unknown key is left out.</summary>
public static class KeyWalk
{
    public static IEnumerable<KeyUse> Of(ConfigDocument document) => Table(document.Root, "", "", null, null);

    private static IEnumerable<KeyUse> Table(ConfigTable table, string path, string schemaPath, ConfigKey? map, string? mapPath)
    {
        foreach (var (name, node) in table.Entries)
        {
            var here = path.Length == 0 ? name : $"{path}.{name}";
            var schema = schemaPath.Length == 0 ? name : $"{schemaPath}.{name}";
            var key = map is null ? ConfigKeys.Find(schema) : null;
            yield return new(here, schema, node, key, map) { MapPath = mapPath };
            if (map is null && key is null) continue;
            var inner = map ?? (key!.IsMap ? key : null);
            var innerPath = mapPath ?? (inner is null ? null : here);
            // A section that is written [x] where [[x]] is meant is walked all the same: its keys are judged, its form is a finding.
            var nested = key is { Type: "array-of-tables" } ? schema + "[]" : schema;
            switch (node)
            {
                case ConfigTable below:
                    foreach (var use in Table(below, here, nested, inner, innerPath)) yield return use;
                    break;
                case ConfigList list:
                    for (var i = 0; i < list.Items.Count; i++)
                    {
                        if (list.Items[i] is not ConfigTable item) continue;
                        foreach (var use in Table(item, $"{here}[{i}]", nested, inner, innerPath)) yield return use;
                    }

                    break;
            }
        }
    }
}
