using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Scheduler and kubelet in one: places pods that have no node, starts what is placed, ends what is deleted.</summary>
internal sealed class PodController(ControllerWrites writes, Action<JsonObject> running)
{
    private static readonly ResourceKind Pods = KindTable.BuiltInOf("pods");

    public void Run()
    {
        var pods = writes.Store.Of(Pods).Items;
        foreach (var pod in pods.Where(one => one.Json.Span.IndexOf("\"deletionTimestamp\""u8) >= 0))
        {
            End(pod);
        }

        var waiting = writes.Store.Of(Pods).Items.Where(one => one.Fields[1] == "Pending").ToArray();
        if (waiting.Length == 0)
        {
            return;
        }

        var placement = new Placement(writes.All("nodes").Select(one => one.Read()),
            pods.Where(one => one.Fields[0].Length > 0 && one.Fields[1] is not ("Succeeded" or "Failed")).Select(one => one.Read()));
        foreach (var pod in waiting)
        {
            Start(pod, placement);
        }
    }

    private void End(StoredObject pod)
    {
        if (!pod.Read().Texts("metadata", "finalizers").Any())
        {
            writes.Remove(pod, Pods);
        }
    }

    private void Start(StoredObject stored, Placement placement)
    {
        var pod = stored.Read();
        if (pod.Items("spec", "schedulingGates").Any())
        {
            return;
        }

        if (stored.Fields[0].Length == 0)
        {
            var (node, message) = placement.Place(pod);
            if (node is null)
            {
                Refuse(stored, pod, message);
                return;
            }

            writes.Change(stored, Pods, "kube-scheduler", "binding", live => live["spec"]!["nodeName"] = node);
            writes.Tell(pod, "Pod", "Normal", "Scheduled", $"Successfully assigned {stored.Namespace}/{stored.Name} to {node}", "default-scheduler");
        }

        writes.SetStatus(stored, Pods, RunningStatus(pod), "kubelet");
        running(writes.Store.Of(Pods).Find(stored.Key)!.Read());
    }

    private void Refuse(StoredObject stored, JsonObject pod, string message)
    {
        if (pod.Items("status", "conditions").Any(one => one.Text("message") == message))
        {
            return;
        }

        var status = pod.Map("status")!.DeepClone().AsObject();
        status["conditions"] = new JsonArray(new JsonObject
        {
            ["type"] = "PodScheduled",
            ["status"] = "False",
            ["reason"] = "Unschedulable",
            ["message"] = message,
            ["lastTransitionTime"] = writes.Now,
        });
        writes.SetStatus(stored, Pods, status, "kube-scheduler");
        writes.Tell(pod, "Pod", "Warning", "FailedScheduling", message, "default-scheduler");
    }

    private JsonObject RunningStatus(JsonObject pod)
    {
        var now = writes.Now;
        var address = $"10.244.{Random.Shared.Next(256)}.{Random.Shared.Next(1, 255)}";
        return new JsonObject
        {
            ["phase"] = "Running",
            ["qosClass"] = pod.Text("status", "qosClass"),
            ["startTime"] = now,
            ["podIP"] = address,
            ["podIPs"] = new JsonArray(new JsonObject { ["ip"] = address }),
            ["conditions"] = new JsonArray([.. ((string[])["PodScheduled", "Initialized", "ContainersReady", "Ready"])
                .Select(type => new JsonObject { ["type"] = type, ["status"] = "True", ["lastTransitionTime"] = now })]),
            ["containerStatuses"] = new JsonArray([.. pod.Items("spec", "containers").Select(one => new JsonObject
            {
                ["name"] = one.Text("name"), ["image"] = one.Text("image"), ["imageID"] = one.Text("image"), ["ready"] = true, ["started"] = true,
                ["restartCount"] = 0, ["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = now } },
            })]),
        };
    }
}
