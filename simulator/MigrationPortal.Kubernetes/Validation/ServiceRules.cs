using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

internal static class ServiceRules
{
    public static IEnumerable<FieldProblem> Problems(JsonObject? before, JsonObject item)
    {
        var spec = item.Map("spec");
        var ports = spec.Items("ports").ToArray();
        if (ports.Length == 0 && spec.Text("clusterIP") != "None" && spec.Text("type") != "ExternalName")
        {
            yield return FieldProblem.Required("spec.ports");
        }

        foreach (var (index, port) in ports.Index())
        {
            if (port.Whole("port") is not (>= 1 and <= 65535))
            {
                yield return FieldProblem.Invalid($"spec.ports[{index}].port", port["port"], "must be between 1 and 65535, inclusive");
            }

            if (ports.Length > 1 && port.Text("name") is not { Length: > 0 })
            {
                yield return FieldProblem.Required($"spec.ports[{index}].name");
            }
        }

        if (before.Text("spec", "clusterIP") is { Length: > 0 } address && spec.Text("clusterIP") != address && spec.Text("type") != "ExternalName")
        {
            yield return FieldProblem.Invalid("spec.clusterIPs[0]", spec?["clusterIPs"], "may not change once set");
        }
    }
}
