using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What a deployment says of its rollout.</summary>
internal static class DeploymentStatus
{
    public static JsonObject Of(JsonObject deployment, IEnumerable<JsonObject> sets, string hash, string now)
    {
        var all = sets.ToArray();
        var newest = all.FirstOrDefault(one => one.Text("metadata", "labels", "pod-template-hash") == hash);
        var wanted = deployment.Map("spec").Whole("replicas") ?? 1;
        var (total, ready, updated) = (Sum(all, "replicas"), Sum(all, "readyReplicas"), newest.Map("status").Whole("replicas") ?? 0);
        var status = new JsonObject { ["observedGeneration"] = deployment["metadata"].Whole("generation") };
        foreach (var (name, count) in (ReadOnlySpan<(string, long)>)
            [("replicas", total), ("updatedReplicas", updated), ("readyReplicas", ready), ("availableReplicas", ready), ("unavailableReplicas", Math.Max(0, wanted - ready))])
        {
            if (count > 0)
            {
                status[name] = count;
            }
        }

        var done = ready >= wanted && updated == wanted && total == wanted;
        var set = newest.Text("metadata", "name");
        JsonObject[] conditions =
        [
            ready >= wanted
                ? Condition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.")
                : Condition("Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability."),
            done
                ? Condition("Progressing", "True", "NewReplicaSetAvailable", $"ReplicaSet \"{set}\" has successfully progressed.")
                : Condition("Progressing", "True", "ReplicaSetUpdated", $"ReplicaSet \"{set}\" is progressing."),
            .. newest.Items("status", "conditions").Where(one => one.Text("type") == "ReplicaFailure")
                .Select(one => Condition("ReplicaFailure", "True", "FailedCreate", one.Text("message") ?? "")),
        ];
        foreach (var condition in conditions)
        {
            var known = deployment.Items("status", "conditions").FirstOrDefault(one => one.Text("type") == condition.Text("type"));
            condition["lastTransitionTime"] = known?.Text("status") == condition.Text("status") ? known.Text("lastTransitionTime") : now;
            condition["lastUpdateTime"] = known?.Text("reason") == condition.Text("reason") ? known.Text("lastUpdateTime") : now;
        }

        status["conditions"] = new JsonArray([.. conditions]);
        return status;
    }

    private static JsonObject Condition(string type, string status, string reason, string message) =>
        new() { ["type"] = type, ["status"] = status, ["reason"] = reason, ["message"] = message };

    private static long Sum(IEnumerable<JsonObject> sets, string name) => sets.Sum(one => one.Map("status").Whole(name) ?? 0);
}
