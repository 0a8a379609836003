using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What a pod's specification must hold to, in a pod or in a template.</summary>
internal static class PodRules
{
    private const string Changeable =
        "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
        + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was "
        + "previously negative)";

    private static readonly string[] RestartPolicies = ["Always", "OnFailure", "Never"];
    private static readonly string[] DnsPolicies = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];

    public static IEnumerable<FieldProblem> Problems(JsonObject? spec, string field, JsonObject? labels)
    {
        _ = labels;
        if (spec is null)
        {
            return [FieldProblem.Required($"{field}.containers")];
        }

        var volumes = spec.Items("volumes").Select(one => one.Text("name") ?? "").ToArray();
        return
        [
            .. Volumes(volumes, $"{field}.volumes"),
            .. spec.Items("containers").Any() ? [] : (FieldProblem[])[FieldProblem.Required($"{field}.containers")],
            .. ContainerNames(spec, field),
            .. ((string[])["containers", "initContainers"]).SelectMany(list => spec.Items(list).SelectMany((one, index) =>
                ContainerRules.Problems(one, $"{field}.{list}[{index}]", volumes))),
            .. OneOf(spec, field, "restartPolicy", RestartPolicies),
            .. OneOf(spec, field, "dnsPolicy", DnsPolicies),
            .. spec.Items("imagePullSecrets").SelectMany((one, index) => one.Text("name") is { Length: > 0 }
                ? (FieldProblem[])[]
                : [FieldProblem.Required($"{field}.imagePullSecrets[{index}].name")]),
            .. NameRules.OfLabels(spec.Map("nodeSelector"), $"{field}.nodeSelector"),
        ];
    }

    /// <summary>A pod that runs is what it is: only few fields may change.</summary>
    public static IEnumerable<FieldProblem> Changes(JsonObject? before, JsonObject item) =>
        before is null || JsonNode.DeepEquals(Fixed(before), Fixed(item)) ? [] : [FieldProblem.Forbidden("spec", Changeable)];

    private static JsonObject Fixed(JsonObject pod)
    {
        var spec = pod.Map("spec")?.DeepClone().AsObject() ?? [];
        foreach (var free in (string[])["activeDeadlineSeconds", "tolerations", "terminationGracePeriodSeconds", "nodeName"])
        {
            spec.Remove(free);
        }

        foreach (var container in PodDefaults.Containers(spec))
        {
            container.Remove("image");
        }

        return spec;
    }

    private static IEnumerable<FieldProblem> Volumes(string[] names, string field)
    {
        foreach (var (index, name) in names.Index())
        {
            if (name.Length == 0)
            {
                yield return FieldProblem.Required($"{field}[{index}].name");
            }
            else if (NameRules.OfLabel(name) is { } wrong)
            {
                yield return FieldProblem.Invalid($"{field}[{index}].name", name, wrong);
            }
            else if (Array.IndexOf(names, name) < index)
            {
                yield return FieldProblem.Duplicate($"{field}[{index}].name", name);
            }
        }
    }

    private static IEnumerable<FieldProblem> ContainerNames(JsonObject spec, string field)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var list in (string[])["containers", "initContainers"])
        {
            foreach (var (index, container) in spec.Items(list).Index())
            {
                var at = $"{field}.{list}[{index}].name";
                var name = container.Text("name") ?? "";
                if (name.Length == 0)
                {
                    yield return FieldProblem.Required(at);
                }
                else if (NameRules.OfLabel(name) is { } wrong)
                {
                    yield return FieldProblem.Invalid(at, name, wrong);
                }
                else if (!seen.Add(name))
                {
                    yield return FieldProblem.Duplicate(at, name);
                }
            }
        }
    }

    private static FieldProblem[] OneOf(JsonObject spec, string field, string name, string[] allowed) =>
        spec.Text(name) is { } value && !allowed.Contains(value) ? [FieldProblem.NotSupported($"{field}.{name}", value, allowed)] : [];
}
