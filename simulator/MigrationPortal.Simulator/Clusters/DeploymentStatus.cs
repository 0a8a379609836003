using System.Text.Json.Nodes;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>What the deployment controller says of a Deployment.</summary>
internal static class DeploymentStatus
{
    /// <param name="pods">Its pods that are not ending.</param>
    public static JsonObject Of(JsonObject deployment, int wanted, IReadOnlyCollection<ManagerPod> pods, string hash)
    {
        var (ready, updated) = (pods.Count(pod => pod.IsReady), pods.Count(pod => pod.Hash == hash));
        var status = new JsonObject
        {
            ["observedGeneration"] = deployment["metadata"].Whole("generation") ?? 1,
            ["replicas"] = pods.Count,
            ["updatedReplicas"] = updated,
            ["readyReplicas"] = ready,
            ["availableReplicas"] = ready,
            ["conditions"] = new JsonArray(
                ready >= wanted
                    ? Condition("Available", true, "MinimumReplicasAvailable", "Deployment has minimum availability.")
                    : Condition("Available", false, "MinimumReplicasUnavailable", "Deployment does not have minimum availability."),
                updated >= wanted && ready >= wanted && pods.Count == wanted
                    ? Condition("Progressing", true, "NewReplicaSetAvailable", $"ReplicaSet \"{deployment.Text("metadata", "name")}-{hash}\" has successfully progressed.")
                    : Condition("Progressing", true, "ReplicaSetUpdated", $"ReplicaSet \"{deployment.Text("metadata", "name")}-{hash}\" is progressing.")),
        };
        if (wanted > ready)
        {
            status["unavailableReplicas"] = wanted - ready;
        }

        return status;
    }

    private static JsonObject Condition(string type, bool holds, string reason, string message) => new()
    {
        ["type"] = type,
        ["status"] = holds ? "True" : "False",
        ["reason"] = reason,
        ["message"] = message,
    };
}
