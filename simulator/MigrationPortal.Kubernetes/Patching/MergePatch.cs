using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>JSON merge patch, RFC 7386: null removes, lists are replaced.</summary>
internal static class MergePatch
{
    public static JsonObject Apply(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            switch (value)
            {
                case null:
                    target.Remove(name);
                    break;
                case JsonObject map:
                    var under = target[name] as JsonObject;
                    if (under is null)
                    {
                        target[name] = under = [];
                    }

                    Apply(under, map);
                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
        }

        return target;
    }
}
