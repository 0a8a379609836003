using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Limit ranges: what containers of new pods are given, and what they may not exceed.</summary>
internal static class LimitRanger
{
    public static void Admit(ObjectStore store, WriteOptions options, JsonObject pod)
    {
        var limits = store.Of(KindTable.BuiltInOf("limitranges")).Items.Where(one => one.Namespace == options.Namespace)
            .SelectMany(one => one.Read().Items("spec", "limits")).Where(one => one.Text("type") == "Container").ToArray();
        var containers = PodDefaults.Containers(pod.Ensure("spec")).ToArray();
        foreach (var container in containers)
        {
            foreach (var limit in limits)
            {
                Give(container, limit.Map("default"), "limits");
                Give(container, limit.Map("defaultRequest"), "requests");
            }
        }

        string[] wrong = [.. from limit in limits from container in containers from problem in Problems(container, limit) select problem];
        if (wrong.Length > 0)
        {
            throw StatusException.Forbidden(options.Kind, options.Name, wrong.Length == 1 ? wrong[0] : $"[{string.Join(", ", wrong)}]");
        }
    }

    private static void Give(JsonObject container, JsonObject? standard, string part)
    {
        foreach (var (name, value) in standard ?? [])
        {
            container.Ensure("resources").Ensure(part).Default(name, value?.DeepClone());
        }
    }

    private static IEnumerable<string> Problems(JsonObject container, JsonObject limit)
    {
        var (requests, limits) = (container.Map("resources", "requests"), container.Map("resources", "limits"));
        foreach (var (name, least) in limit.Map("min") ?? [])
        {
            if (requests?[name]?.ToString() is not { } asked)
            {
                yield return $"minimum {name} usage per Container is {least}.  No request is specified";
            }
            else if (Quantity.Parse(asked) < Quantity.Parse(least?.ToString()))
            {
                yield return $"minimum {name} usage per Container is {least}, but request is {asked}";
            }
        }

        foreach (var (name, most) in limit.Map("max") ?? [])
        {
            if (limits?[name]?.ToString() is not { } set)
            {
                yield return $"maximum {name} usage per Container is {most}.  No limit is specified";
            }
            else if (Quantity.Parse(set) > Quantity.Parse(most?.ToString()))
            {
                yield return $"maximum {name} usage per Container is {most}, but limit is {set}";
            }
        }
    }
}
