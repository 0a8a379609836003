using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Quantities are kept as the server writes them: <c>0.5</c> comes back as <c>500m</c>, <c>1024Mi</c> as <c>1Gi</c>.</summary>
internal static class Quantities
{
    public static void MakeCanonical(JsonNode? value, FieldType type)
    {
        switch (value)
        {
            case JsonObject map when type is not OpenType:
                foreach (var (name, member) in map.ToArray())
                {
                    if (type.Member(name) is ScalarType { GoName: "resource.Quantity" })
                    {
                        map[name] = Quantity.Canonical(member?.ToString() ?? "");
                    }
                    else if (type.Member(name) is { } known)
                    {
                        MakeCanonical(member, known);
                    }
                }

                break;
            case JsonArray items when type is ListType list:
                foreach (var item in items)
                {
                    MakeCanonical(item, list.Items);
                }

                break;
        }
    }
}
