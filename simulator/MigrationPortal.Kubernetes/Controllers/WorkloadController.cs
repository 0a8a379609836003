using System.Text;
using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>Deployments and their replica sets: one set of pods a template; the newest has all replicas, older ones none.</summary>
internal sealed class WorkloadController(ControllerWrites writes)
{
    private static readonly ResourceKind Deployments = KindTable.BuiltInOf("deployments");
    private static readonly ResourceKind ReplicaSets = KindTable.BuiltInOf("replicasets");
    private static readonly ResourceKind Pods = KindTable.BuiltInOf("pods");

    public void Run()
    {
        foreach (var deployment in writes.Store.Of(Deployments).Items)
        {
            Roll(deployment);
        }

        foreach (var set in writes.Store.Of(ReplicaSets).Items)
        {
            Fill(set);
        }

        foreach (var deployment in writes.Store.Of(Deployments).Items)
        {
            var item = deployment.Read();
            writes.SetStatus(deployment, Deployments, DeploymentStatus.Of(item, SetsOf(deployment).Select(one => one.Read()), HashOf(item), writes.Now),
                "kube-controller-manager");
        }
    }

    private void Roll(StoredObject deployment)
    {
        var item = deployment.Read();
        if (item.At("metadata", "deletionTimestamp") is not null || item.Map("spec").Flag("paused") == true)
        {
            return;
        }

        var (hash, wanted) = (HashOf(item), item.Map("spec").Whole("replicas") ?? 1);
        var sets = SetsOf(deployment);
        if (!sets.Any(one => one.Name == $"{deployment.Name}-{hash}"))
        {
            writes.Create("replicasets", deployment.Namespace!, NewSet(item, hash, wanted), "deployment-controller");
        }

        foreach (var set in sets)
        {
            var replicas = set.Name == $"{deployment.Name}-{hash}" ? wanted : 0;
            writes.Change(set, ReplicaSets, "kube-controller-manager", "", live => live["spec"]!["replicas"] = replicas);
        }
    }

    private void Fill(StoredObject set)
    {
        var item = set.Read();
        if (item.At("metadata", "deletionTimestamp") is not null)
        {
            return;
        }

        var pods = PodsOf(set);
        var wanted = (int)(item.Map("spec").Whole("replicas") ?? 1);
        foreach (var surplus in pods.OrderByDescending(one => one.Version).Take(pods.Length - wanted))
        {
            writes.Delete(surplus, Pods);
        }

        StatusException? refusal = null;
        for (var missing = wanted - pods.Length; missing > 0 && refusal is null; missing--)
        {
            refusal = TryCreatePod(set, item);
        }

        SetStatus(set, item, refusal);
    }

    private StatusException? TryCreatePod(StoredObject set, JsonObject item)
    {
        var pod = item.Map("spec", "template")!.DeepClone().AsObject();
        (pod["kind"], pod["apiVersion"]) = ("Pod", "v1");
        var metadata = pod.Ensure("metadata");
        metadata["generateName"] = set.Name + "-";
        metadata["ownerReferences"] = new JsonArray(Owner("ReplicaSet", set));
        try
        {
            var made = writes.Create("pods", set.Namespace!, pod, "replicaset-controller");
            writes.Tell(item, "ReplicaSet", "Normal", "SuccessfulCreate", $"Created pod: {made.Name}", "replicaset-controller");
            return null;
        }
        catch (StatusException refusal)
        {
            writes.Tell(item, "ReplicaSet", "Warning", "FailedCreate", $"Error creating: {refusal.Message}", "replicaset-controller");
            return refusal;
        }
    }

    private void SetStatus(StoredObject set, JsonObject item, StatusException? refusal)
    {
        var pods = PodsOf(set);
        var ready = pods.Count(one => one.Fields[1] == "Running");
        var status = new JsonObject
        {
            ["replicas"] = pods.Length,
            ["fullyLabeledReplicas"] = pods.Length,
            ["readyReplicas"] = ready,
            ["availableReplicas"] = ready,
            ["observedGeneration"] = item["metadata"].Whole("generation"),
        };
        if (refusal is not null)
        {
            status["conditions"] = new JsonArray(new JsonObject
            {
                ["type"] = "ReplicaFailure",
                ["status"] = "True",
                ["reason"] = "FailedCreate",
                ["message"] = refusal.Message,
                ["lastTransitionTime"] = item.Items("status", "conditions").FirstOrDefault(one => one.Text("message") == refusal.Message)
                    ?.Text("lastTransitionTime") ?? writes.Now,
            });
        }

        writes.SetStatus(set, ReplicaSets, status, "kube-controller-manager");
    }

    private StoredObject[] SetsOf(StoredObject deployment) =>
        [.. writes.Store.Of(ReplicaSets).Items.Where(one => one.Namespace == deployment.Namespace && one.Owners.Contains(deployment.Uid))];

    private StoredObject[] PodsOf(StoredObject set) =>
        [.. writes.Store.Of(Pods).Items.Where(one => one.Owners.Contains(set.Uid) && one.Json.Span.IndexOf("\"deletionTimestamp\""u8) < 0
            && one.Fields[1] is not ("Succeeded" or "Failed"))];

    private static JsonObject NewSet(JsonObject deployment, string hash, long replicas)
    {
        var template = deployment.Map("spec", "template")!.DeepClone().AsObject();
        template.Ensure("metadata").Ensure("labels")["pod-template-hash"] = hash;
        var selector = deployment.Map("spec", "selector")!.DeepClone().AsObject();
        selector.Ensure("matchLabels")["pod-template-hash"] = hash;
        var (name, space) = (deployment.Text("metadata", "name"), deployment.Text("metadata", "namespace"));
        return new JsonObject
        {
            ["kind"] = "ReplicaSet",
            ["apiVersion"] = "apps/v1",
            ["metadata"] = new JsonObject
            {
                ["name"] = $"{name}-{hash}",
                ["namespace"] = space,
                ["labels"] = template.Map("metadata", "labels")!.DeepClone(),
                ["ownerReferences"] = new JsonArray(new JsonObject
                {
                    ["apiVersion"] = "apps/v1",
                    ["kind"] = "Deployment",
                    ["name"] = name,
                    ["uid"] = deployment.Text("metadata", "uid"),
                    ["controller"] = true,
                    ["blockOwnerDeletion"] = true,
                }),
            },
            ["spec"] = new JsonObject { ["replicas"] = replicas, ["selector"] = selector, ["template"] = template },
        };
    }

    private static JsonObject Owner(string kind, StoredObject owner) => new()
    {
        ["apiVersion"] = "apps/v1",
        ["kind"] = kind,
        ["name"] = owner.Name,
        ["uid"] = owner.Uid,
        ["controller"] = true,
        ["blockOwnerDeletion"] = true,
    };

    private static string HashOf(JsonObject deployment)
    {
        var digest = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(deployment.Map("spec", "template")!.ToJsonString()));
        return string.Concat(digest.Take(10).Select(one => "bcdfghjklmnpqrstvwxz2456789"[one % 27]));
    }
}
