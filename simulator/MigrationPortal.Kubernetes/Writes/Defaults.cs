using System.Text;
using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What the server fills in where a writer is silent. Whoever creates or updates owns it; who applies does not.</summary>
internal static class Defaults
{
    private const string RbacGroup = "rbac.authorization.k8s.io";

    public static void Apply(ResourceKind kind, JsonObject item)
    {
        if (kind.Schema is { } schema)
        {
            CrdDefaults.Apply(item, schema);
            return;
        }

        var spec = item.Map("spec");
        switch (kind.Kind)
        {
            case "Namespace":
                item.Ensure("metadata").Ensure("labels")["kubernetes.io/metadata.name"] = item.Text("metadata", "name");
                item.Ensure("spec").Default("finalizers", new JsonArray("kubernetes"));
                item.Ensure("status").Default("phase", "Active");
                break;
            case "Pod" when spec is not null:
                PodDefaults.Apply(spec, isPod: true);
                item.Ensure("status").Default("phase", "Pending");
                item.Ensure("status").Default("qosClass", PodDefaults.QosClass(spec));
                break;
            case "Deployment" or "ReplicaSet" when spec is not null:
                spec.Default("replicas", 1);
                PodDefaults.Apply(spec.Map("template", "spec"), isPod: false);
                Rollout(kind.Kind, spec);
                break;
            case "Service" when spec is not null:
                ServiceDefaults.Apply(spec, item.Text("metadata", "uid") ?? "");
                break;
            case "Secret":
                Secret(item);
                break;
            case "NetworkPolicy" when spec is not null:
                Policy(spec);
                break;
            case "RoleBinding" or "ClusterRoleBinding":
                Binding(item);
                break;
            case "PriorityClass":
                item.Default("preemptionPolicy", "PreemptLowerPriority");
                break;
            case "PersistentVolumeClaim" when spec is not null:
                spec.Default("volumeMode", "Filesystem");
                item.Ensure("status").Default("phase", "Pending");
                break;
            case "LimitRange" when spec is not null:
                Limits(spec);
                break;
            case "CustomResourceDefinition" when spec is not null:
                Definition(spec);
                break;
        }
    }

    private static void Rollout(string kind, JsonObject spec)
    {
        if (kind != "Deployment")
        {
            return;
        }

        spec.Default("revisionHistoryLimit", 10);
        spec.Default("progressDeadlineSeconds", 600);
        var strategy = spec.Ensure("strategy");
        strategy.Default("type", "RollingUpdate");
        if (strategy.Text("type") == "RollingUpdate")
        {
            var rolling = strategy.Ensure("rollingUpdate");
            rolling.Default("maxUnavailable", "25%");
            rolling.Default("maxSurge", "25%");
        }
    }

    private static void Secret(JsonObject item)
    {
        item.Default("type", "Opaque");
        if (item["stringData"] is not JsonObject plain)
        {
            return;
        }

        item.Remove("stringData");
        var data = item.Ensure("data");
        foreach (var (name, value) in plain)
        {
            data[name] = Convert.ToBase64String(Encoding.UTF8.GetBytes(value?.GetValue<string>() ?? ""));
        }
    }

    private static void Policy(JsonObject spec)
    {
        spec.Default("podSelector", new JsonObject());
        spec.Default("policyTypes", spec["egress"] is JsonArray { Count: > 0 } ? new JsonArray("Ingress", "Egress") : new JsonArray("Ingress"));
        foreach (var port in spec.Items("ingress").Concat(spec.Items("egress")).SelectMany(rule => rule.Items("ports")))
        {
            port.Default("protocol", "TCP");
        }
    }

    private static void Binding(JsonObject item)
    {
        item.Map("roleRef")?.Default("apiGroup", RbacGroup);
        foreach (var subject in item.Items("subjects").Where(one => one.Text("kind") is "User" or "Group"))
        {
            subject.Default("apiGroup", RbacGroup);
        }
    }

    private static void Limits(JsonObject spec)
    {
        foreach (var limit in spec.Items("limits").Where(one => one.Text("type") == "Container"))
        {
            Copy(limit, "max", "default");
            Copy(limit, "default", "defaultRequest");
            Copy(limit, "min", "defaultRequest");
        }
    }

    private static void Copy(JsonObject limit, string from, string to)
    {
        foreach (var (name, value) in limit.Map(from) ?? [])
        {
            limit.Ensure(to).Default(name, value?.DeepClone());
        }
    }

    private static void Definition(JsonObject spec)
    {
        if (spec.Map("names") is { } names && names.Text("kind") is { } kind)
        {
            names.Default("singular", kind.ToLowerInvariant());
            names.Default("listKind", kind + "List");
        }

        spec.Default("conversion", new JsonObject { ["strategy"] = "None" });
    }
}
