using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>The set of fields that a value holds, as an apply claims them.</summary>
internal static class FieldWalk
{
    public static FieldSet SetOf(JsonNode? value, FieldType type)
    {
        var set = new FieldSet();
        Collect(value, type, [], set);
        return set;
    }

    private static void Collect(JsonNode? value, FieldType type, List<string> path, FieldSet into)
    {
        switch (value)
        {
            case JsonObject map when !type.Atomic && type is not ScalarType:
                foreach (var (name, member) in map)
                {
                    path.Add(PathText.Field(name));
                    Collect(member, type.Member(name) ?? OpenType.Instance, path, into);
                    if (member is null or JsonObject { Count: 0 } || !type.Declares(name))
                    {
                        into.Add(path);
                    }

                    path.RemoveAt(path.Count - 1);
                }

                break;
            case JsonArray items when type is ListType { Atomic: false } list:
                foreach (var item in items)
                {
                    path.Add(PathText.Item(list, item));
                    Collect(item, list.Items, path, into);
                    into.Add(path);
                    path.RemoveAt(path.Count - 1);
                }

                break;
            case null when type is ListType { Atomic: false } || (!type.Atomic && type is not ScalarType):
                break;
            default:
                into.Add(path);
                break;
        }
    }
}
