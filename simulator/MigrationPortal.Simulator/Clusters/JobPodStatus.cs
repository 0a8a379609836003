using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;
using MigrationPortal.World;

namespace MigrationPortal.Simulator;

/// <summary>What the kubelet and the scheduler say of a job's pod.</summary>
internal static class JobPodStatus
{
    /// <summary>Scheduled or not, and its containers not yet there.</summary>
    public static JsonObject Pending(JsonObject pod, PodTrouble trouble, DateTimeOffset now)
    {
        if (trouble == PodTrouble.Unschedulable)
        {
            return new JsonObject
            {
                ["phase"] = "Pending",
                ["conditions"] = new JsonArray(Condition("PodScheduled", false, now, "Unschedulable", NoRoom)),
                ["qosClass"] = "Burstable",
            };
        }

        var (reason, message) = trouble == PodTrouble.ImagePull
            ? ("ImagePullBackOff", $"Back-off pulling image \"{ImageOf(pod)}\"")
            : ("ContainerCreating", null);
        return Status(pod, "Pending", now, ready: false, name => new JsonObject
        {
            ["waiting"] = name == "build" && message is not null
                ? new JsonObject { ["reason"] = reason, ["message"] = message }
                : new JsonObject { ["reason"] = "ContainerCreating" },
        });
    }

    public static JsonObject Running(JsonObject pod, DateTimeOffset since) =>
        Status(pod, "Running", since, ready: true, _ => new JsonObject { ["running"] = new JsonObject { ["startedAt"] = Text(since) } });

    /// <summary>The last state before the runner removes it.</summary>
    public static JsonObject Ended(JsonObject pod, PodTrouble trouble, bool well, DateTimeOffset at)
    {
        if (trouble == PodTrouble.Evicted)
        {
            var evicted = Status(pod, "Failed", at, ready: false, _ => Terminated(137, "Error", at));
            evicted["reason"] = "Evicted";
            evicted["message"] = "The node was low on resource: ephemeral-storage.";
            evicted["conditions"]!.AsArray().Add((JsonNode)Condition("DisruptionTarget", true, at, "TerminationByKubelet", "The node was low on resource: ephemeral-storage."));
            return evicted;
        }

        return Status(pod, well ? "Succeeded" : "Failed", at, ready: false, name => name != "build" ? Terminated(0, "Completed", at)
            : trouble == PodTrouble.OutOfMemory ? Terminated(137, "OOMKilled", at)
            : Terminated(well ? 0 : 1, well ? "Completed" : "Error", at));
    }

    /// <summary>What the event of a pod in trouble says; null where none is written.</summary>
    public static (string Reason, string Message)? EventOf(JsonObject pod, PodTrouble trouble) => trouble switch
    {
        PodTrouble.Unschedulable => ("FailedScheduling", NoRoom),
        PodTrouble.ImagePull => ("Failed", $"Failed to pull image \"{ImageOf(pod)}\": failed to resolve reference \"{ImageOf(pod)}\": pull access denied, repository does not exist or may require authorization"),
        PodTrouble.SlowImagePull => ("Pulling", $"Pulling image \"{ImageOf(pod)}\""),
        _ => null,
    };

    private static string NoRoom => "0/5 nodes are available: 5 Insufficient memory. preemption: 0/5 nodes are available: 5 No preemption victims found for incoming pod.";

    private static JsonObject Status(JsonObject pod, string phase, DateTimeOffset now, bool ready, Func<string, JsonObject> state)
    {
        var containers = new JsonArray();
        foreach (var container in pod.Items("spec", "containers"))
        {
            var name = container.Text("name")!;
            containers.Add((JsonNode)new JsonObject
            {
                ["name"] = name,
                ["image"] = container.Text("image"),
                ["imageID"] = "",
                ["ready"] = ready,
                ["started"] = ready,
                ["restartCount"] = 0,
                ["state"] = state(name),
            });
        }

        return new JsonObject
        {
            ["phase"] = phase,
            ["conditions"] = new JsonArray(Condition("PodScheduled", true, now), Condition("Ready", ready, now, ready ? null : "ContainersNotReady")),
            ["containerStatuses"] = containers,
            ["qosClass"] = "Burstable",
            ["startTime"] = Text(now),
        };
    }

    private static JsonObject Condition(string type, bool holds, DateTimeOffset since, string? reason = null, string? message = null)
    {
        var condition = new JsonObject { ["type"] = type, ["status"] = holds ? "True" : "False", ["lastTransitionTime"] = Text(since) };
        if (reason is not null)
        {
            condition["reason"] = reason;
        }

        if (message is not null)
        {
            condition["message"] = message;
        }

        return condition;
    }

    private static JsonObject Terminated(int exit, string reason, DateTimeOffset at) => new()
    {
        ["terminated"] = new JsonObject { ["exitCode"] = exit, ["reason"] = reason, ["finishedAt"] = Text(at) },
    };

    private static string ImageOf(JsonObject pod) => pod.Items("spec", "containers").First().Text("image") ?? "";

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
