using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What a pod's specification is given, alone or as the template of a workload.</summary>
internal static class PodDefaults
{
    private static readonly string[] WithMode = ["secret", "configMap", "projected", "downwardAPI"];
    private static readonly string[] Probes = ["livenessProbe", "readinessProbe", "startupProbe"];

    public static void Apply(JsonObject? spec, bool isPod)
    {
        if (spec is null)
        {
            return;
        }

        spec.Default("restartPolicy", "Always");
        spec.Default("terminationGracePeriodSeconds", 30);
        spec.Default("dnsPolicy", "ClusterFirst");
        spec.Default("securityContext", new JsonObject());
        spec.Default("schedulerName", "default-scheduler");
        if (spec.Text("serviceAccountName") is { } account)
        {
            spec.Default("serviceAccount", account);
        }

        if (isPod)
        {
            spec.Default("enableServiceLinks", true);
        }

        foreach (var container in Containers(spec))
        {
            Container(container, isPod, spec.Flag("hostNetwork") == true);
        }

        foreach (var volume in spec.Items("volumes"))
        {
            Volume(volume);
        }
    }

    public static IEnumerable<JsonObject> Containers(JsonObject spec) => spec.Items("initContainers").Concat(spec.Items("containers"));

    public static string QosClass(JsonObject spec)
    {
        var containers = Containers(spec).Select(one => (Requests: one.Map("resources", "requests"), Limits: one.Map("resources", "limits"))).ToArray();
        if (containers.All(one => one is { Requests: not { Count: > 0 }, Limits: not { Count: > 0 } }))
        {
            return "BestEffort";
        }

        return containers.All(one => ((string[])["cpu", "memory"]).All(name =>
            one.Limits?[name] is { } limit && JsonNode.DeepEquals(one.Requests?[name] ?? limit, limit))) ? "Guaranteed" : "Burstable";
    }

    private static void Container(JsonObject container, bool isPod, bool hostNetwork)
    {
        container.Default("terminationMessagePath", "/dev/termination-log");
        container.Default("terminationMessagePolicy", "File");
        container.Default("imagePullPolicy", PullPolicy(container.Text("image") ?? ""));
        var resources = container.Ensure("resources");
        foreach (var (name, limit) in isPod ? resources.Map("limits")?.ToArray() ?? [] : [])
        {
            resources.Ensure("requests").Default(name, limit?.DeepClone());
        }

        foreach (var port in container.Items("ports"))
        {
            port.Default("protocol", "TCP");
            if (hostNetwork)
            {
                port.Default("hostPort", port["containerPort"]?.DeepClone());
            }
        }

        foreach (var source in container.Items("env").Select(one => one.Map("valueFrom", "fieldRef")).OfType<JsonObject>())
        {
            source.Default("apiVersion", "v1");
        }

        foreach (var probe in Probes.Select(name => container.Map(name)).OfType<JsonObject>())
        {
            Probe(probe);
        }
    }

    private static void Probe(JsonObject probe)
    {
        probe.Default("timeoutSeconds", 1);
        probe.Default("periodSeconds", 10);
        probe.Default("successThreshold", 1);
        probe.Default("failureThreshold", 3);
        if (probe.Map("httpGet") is { } call)
        {
            call.Default("path", "/");
            call.Default("scheme", "HTTP");
        }
    }

    private static void Volume(JsonObject volume)
    {
        if (volume.Count == 1)
        {
            volume["emptyDir"] = new JsonObject();
        }

        foreach (var source in WithMode.Select(name => volume.Map(name)).OfType<JsonObject>())
        {
            source.Default("defaultMode", 420);
        }

        volume.Map("hostPath")?.Default("type", "");
        foreach (var token in volume.Items("projected", "sources").Select(one => one.Map("serviceAccountToken")).OfType<JsonObject>())
        {
            token.Default("expirationSeconds", 3600);
        }
    }

    // Always where the tag can move: none, or latest.
    private static string PullPolicy(string image)
    {
        if (image.Contains('@', StringComparison.Ordinal))
        {
            return "IfNotPresent";
        }

        var colon = image.IndexOf(':', image.LastIndexOf('/') + 1);
        return colon < 0 || image[(colon + 1)..] == "latest" ? "Always" : "IfNotPresent";
    }
}
