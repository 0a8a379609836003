using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What a container must hold to.</summary>
internal static class ContainerRules
{
    private static readonly string[] PullPolicies = ["Always", "IfNotPresent", "Never"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public static IEnumerable<FieldProblem> Problems(JsonObject container, string field, string[] volumes) =>
    [
        .. container.Text("image") is { Length: > 0 } ? [] : (FieldProblem[])[FieldProblem.Required($"{field}.image")],
        .. container.Text("imagePullPolicy") is { } policy && !PullPolicies.Contains(policy)
            ? (FieldProblem[])[FieldProblem.NotSupported($"{field}.imagePullPolicy", policy, PullPolicies)]
            : [],
        .. Ports(container, $"{field}.ports"),
        .. container.Items("env").SelectMany((one, index) => one.Text("name") is { Length: > 0 }
            ? (FieldProblem[])[]
            : [FieldProblem.Required($"{field}.env[{index}].name")]),
        .. Mounts(container, $"{field}.volumeMounts", volumes),
        .. Resources(container.Map("resources"), $"{field}.resources"),
    ];

    private static IEnumerable<FieldProblem> Ports(JsonObject container, string field)
    {
        foreach (var (index, port) in container.Items("ports").Index())
        {
            if (port.Whole("containerPort") is not { } number)
            {
                yield return FieldProblem.Required($"{field}[{index}].containerPort");
            }
            else if (number is < 1 or > 65535)
            {
                yield return FieldProblem.Invalid($"{field}[{index}].containerPort", number, "must be between 1 and 65535, inclusive");
            }

            if (port.Text("protocol") is { } protocol && !Protocols.Contains(protocol))
            {
                yield return FieldProblem.NotSupported($"{field}[{index}].protocol", protocol, Protocols);
            }
        }
    }

    private static IEnumerable<FieldProblem> Mounts(JsonObject container, string field, string[] volumes)
    {
        var paths = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, mount) in container.Items("volumeMounts").Index())
        {
            var name = mount.Text("name") ?? "";
            if (name.Length == 0)
            {
                yield return FieldProblem.Required($"{field}[{index}].name");
            }
            else if (!volumes.Contains(name))
            {
                yield return FieldProblem.NotFound($"{field}[{index}].name", name);
            }

            var path = mount.Text("mountPath") ?? "";
            if (path.Length == 0)
            {
                yield return FieldProblem.Required($"{field}[{index}].mountPath");
            }
            else if (!paths.Add(path))
            {
                yield return FieldProblem.Invalid($"{field}[{index}].mountPath", path, "must be unique");
            }
        }
    }

    private static IEnumerable<FieldProblem> Resources(JsonObject? resources, string field)
    {
        foreach (var (name, value) in resources.Map("requests") ?? [])
        {
            var request = value?.ToString() ?? "";
            if (Quantity.Parse(request) < 0)
            {
                yield return FieldProblem.Invalid($"{field}.requests[{name}]", request, "must be greater than or equal to 0");
            }

            if (resources.Map("limits")?[name]?.ToString() is { } limit && Quantity.Parse(request) > Quantity.Parse(limit))
            {
                yield return FieldProblem.Invalid($"{field}.requests", request, $"must be less than or equal to {name} limit of {limit}");
            }
        }
    }
}
