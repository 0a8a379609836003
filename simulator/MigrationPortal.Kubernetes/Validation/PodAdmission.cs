using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What admission gives a new pod: its service account and token, a priority, tolerations.</summary>
internal static class PodAdmission
{
    private const string TokenPath = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static readonly string[] Taints = ["node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"];

    public static void Complete(ObjectStore store, WriteOptions options, JsonObject pod)
    {
        var spec = pod.Ensure("spec");
        ServiceAccount(store, options, spec);
        Priority(store, options, spec);
        if (spec["tolerations"] is not JsonArray tolerations)
        {
            spec["tolerations"] = tolerations = [];
        }

        foreach (var taint in Taints.Where(taint => !tolerations.OfType<JsonObject>().Any(one => one.Text("key") is null || one.Text("key") == taint)))
        {
            tolerations.Add(new JsonObject { ["key"] = taint, ["operator"] = "Exists", ["effect"] = "NoExecute", ["tolerationSeconds"] = 300 });
        }
    }

    private static void ServiceAccount(ObjectStore store, WriteOptions options, JsonObject spec)
    {
        spec.Default("serviceAccountName", "default");
        var name = spec.Text("serviceAccountName")!;
        spec.Default("serviceAccount", name);
        var account = store.Of(KindTable.BuiltInOf("serviceaccounts")).Find($"{options.Namespace}/{name}")?.Read()
            ?? throw StatusException.Forbidden(options.Kind, options.Name,
                $"error looking up service account {options.Namespace}/{name}: serviceaccount \"{name}\" not found");
        if (spec["imagePullSecrets"] is null && account["imagePullSecrets"] is JsonArray { Count: > 0 } secrets)
        {
            spec["imagePullSecrets"] = secrets.DeepClone();
        }

        if (spec.Flag("automountServiceAccountToken") ?? account.Flag("automountServiceAccountToken") ?? true)
        {
            MountToken(spec);
        }
    }

    private static void MountToken(JsonObject spec)
    {
        var containers = PodDefaults.Containers(spec).Where(one => !one.Items("volumeMounts").Any(mount => mount.Text("mountPath") == TokenPath)).ToArray();
        if (containers.Length == 0)
        {
            return;
        }

        var name = "kube-api-access-" + Random.Shared.GetString("bcdfghjklmnpqrstvwxz2456789", 5);
        if (spec["volumes"] is not JsonArray volumes)
        {
            spec["volumes"] = volumes = [];
        }

        volumes.Add(JsonNode.Parse($$$"""
            {"name":"{{{name}}}","projected":{"defaultMode":420,"sources":[
              {"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},
              {"configMap":{"items":[{"key":"ca.crt","path":"ca.crt"}],"name":"kube-root-ca.crt"}},
              {"downwardAPI":{"items":[{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"},"path":"namespace"}]}}]}}
            """));
        foreach (var container in containers)
        {
            if (container["volumeMounts"] is not JsonArray mounts)
            {
                container["volumeMounts"] = mounts = [];
            }

            mounts.Add(new JsonObject { ["name"] = name, ["readOnly"] = true, ["mountPath"] = TokenPath });
        }
    }

    private static void Priority(ObjectStore store, WriteOptions options, JsonObject spec)
    {
        var classes = store.Of(KindTable.BuiltInOf("priorityclasses"));
        long value = 0;
        if (spec.Text("priorityClassName") is { Length: > 0 } name)
        {
            var known = classes.Find(name)?.Read()
                ?? throw StatusException.Forbidden(options.Kind, options.Name, $"no PriorityClass with name {name} was found");
            value = known.Whole("value") ?? 0;
        }

        spec.Default("priority", value);
        spec.Default("preemptionPolicy", "PreemptLowerPriority");
    }
}
