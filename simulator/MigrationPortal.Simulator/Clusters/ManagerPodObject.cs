using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>What the deployment controller makes: replica sets, pods and their names.</summary>
internal static partial class ManagerPodObject
{
    /// <summary>Names the runner processes in a pod, as <c>production/r_...</c>, so that a restart finds them again.</summary>
    public const string Links = "simulated/system-ids";

    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";

    public static string HashOf(JsonNode? template) => Word(template?.ToJsonString() ?? "", 10);

    /// <summary>So many letters that follow from a text.</summary>
    public static string Word(string text, int length) =>
        string.Concat(SHA256.HashData(Encoding.UTF8.GetBytes(text)).Take(length).Select(one => Letters[one % Letters.Length]));

    public static string SystemIdOf(string cluster, ManagerPod pod, int index) =>
        "r_" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{cluster}/{pod.Space}/{pod.Name}/{index}")))[..12];

    public static JsonObject Pod(JsonObject deployment, ManagerPod pod, string node, string replicaSetUid)
    {
        var template = deployment.Map("spec", "template")!;
        var metadata = new JsonObject
        {
            ["name"] = pod.Name,
            ["namespace"] = pod.Space,
            ["labels"] = template.Map("metadata", "labels")?.DeepClone() ?? new JsonObject(),
            ["annotations"] = template.Map("metadata", "annotations")?.DeepClone() ?? new JsonObject(),
            ["ownerReferences"] = Owner("apps/v1", "ReplicaSet", $"{pod.Deployment}-{pod.Hash}", replicaSetUid),
        };
        metadata["labels"]!["pod-template-hash"] = pod.Hash;
        var spec = template.Map("spec")!.DeepClone().AsObject();
        spec["nodeName"] = node;
        spec.Default("serviceAccountName", "default");
        return new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Pod", ["metadata"] = metadata, ["spec"] = spec };
    }

    public static JsonObject ReplicaSet(JsonObject deployment, string hash)
    {
        var template = deployment.Map("spec", "template")!.DeepClone().AsObject();
        template.Ensure("metadata").Ensure("labels")["pod-template-hash"] = hash;
        var selector = deployment.Map("spec", "selector")?.DeepClone().AsObject() ?? [];
        selector.Ensure("matchLabels")["pod-template-hash"] = hash;
        var name = deployment.Text("metadata", "name")!;
        return new JsonObject
        {
            ["apiVersion"] = "apps/v1",
            ["kind"] = "ReplicaSet",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{name}-{hash}",
                ["namespace"] = deployment.Text("metadata", "namespace"),
                ["labels"] = template.Map("metadata", "labels")!.DeepClone(),
                ["ownerReferences"] = Owner("apps/v1", "Deployment", name, deployment.Text("metadata", "uid") ?? ""),
            },
            ["spec"] = new JsonObject { ["replicas"] = 0, ["selector"] = selector, ["template"] = template },
        };
    }

    /// <summary>The version in an image's tag, such as <c>alpine-v18.11.0</c>; null when it names none.</summary>
    public static string? VersionOf(string? image) =>
        image is not null && Version().Match(image[(image.LastIndexOf('/') + 1)..]) is { Success: true } match ? match.Groups[1].Value : null;

    private static JsonArray Owner(string apiVersion, string kind, string name, string uid) => new(new JsonObject
    {
        ["apiVersion"] = apiVersion,
        ["kind"] = kind,
        ["name"] = name,
        ["uid"] = uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    });

    [GeneratedRegex(@":.*?v?([0-9]+\.[0-9]+\.[0-9]+)")]
    private static partial Regex Version();
}

/// <summary>The status of a manager's pod, as the kubelet writes it.</summary>
internal static class ManagerPodStatus
{
    public static JsonObject Waiting(JsonObject pod, string reason, string? message, int restarts, DateTimeOffset now) =>
        Of(pod, "Pending", ready: false, restarts, now, reason == "CrashLoopBackOff", new JsonObject
        {
            ["waiting"] = message is null ? new JsonObject { ["reason"] = reason } : new JsonObject { ["reason"] = reason, ["message"] = message },
        });

    public static JsonObject Running(JsonObject pod, int restarts, DateTimeOffset now) =>
        Of(pod, "Running", ready: true, restarts, now, false, new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Text(now) } });

    private static JsonObject Of(JsonObject pod, string phase, bool ready, int restarts, DateTimeOffset now, bool ranBefore, JsonObject state)
    {
        var containers = new JsonArray();
        foreach (var container in pod.Items("spec", "containers"))
        {
            var status = new JsonObject
            {
                ["name"] = container.Text("name"),
                ["image"] = container.Text("image"),
                ["imageID"] = "",
                ["ready"] = ready,
                ["started"] = ready,
                ["restartCount"] = restarts,
                ["state"] = state.DeepClone(),
            };
            if (ranBefore)
            {
                status["lastState"] = new JsonObject { ["terminated"] = new JsonObject { ["exitCode"] = 1, ["reason"] = "Error", ["finishedAt"] = Text(now) } };
            }

            containers.Add((JsonNode)status);
        }

        return new JsonObject
        {
            ["phase"] = ranBefore ? "Running" : phase,
            ["conditions"] = new JsonArray(
                Condition("PodScheduled", true, now), Condition("ContainersReady", ready, now), Condition("Ready", ready, now)),
            ["containerStatuses"] = containers,
            ["startTime"] = Text(now),
            ["qosClass"] = "Burstable",
        };
    }

    private static JsonObject Condition(string type, bool holds, DateTimeOffset since)
    {
        var condition = new JsonObject { ["type"] = type, ["status"] = holds ? "True" : "False", ["lastTransitionTime"] = Text(since) };
        if (!holds)
        {
            condition["reason"] = "ContainersNotReady";
        }

        return condition;
    }

    internal static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
