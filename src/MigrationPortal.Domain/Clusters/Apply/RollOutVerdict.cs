using System.Text.Json.Nodes;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>Whether a manager is up with what was applied.</summary>
public abstract record RollOutVerdict
{
    private RollOutVerdict()
    {
    }

    public sealed record Well(string What) : RollOutVerdict;

    public sealed record Waits(string For) : RollOutVerdict;

    /// <summary>Waiting longer does not help.</summary>
    public sealed record Broken(string Why) : RollOutVerdict;

    public static RollOutVerdict Of(LiveObject deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        long Status(string name) => deployment.Whole("status", name) ?? 0;
        var conditions = (deployment.At("status", "conditions") as JsonArray ?? []).OfType<JsonObject>().ToDictionary(one => one["type"]?.ToString() ?? "", one => one);
        if (Status("observedGeneration") < deployment.Generation) return new Waits($"Deployment {deployment.Name} was not looked at yet by its controller.");
        if (Is("ReplicaFailure", "True") is { } refused) return new Broken($"Deployment {deployment.Name} may not make its pods: {refused}");
        if (Is("Progressing", "False") is { } stuck) return new Broken($"Deployment {deployment.Name} does not get on: {stuck}");
        var wanted = deployment.Whole("spec", "replicas") ?? 1;
        if (Status("updatedReplicas") < wanted) return new Waits($"Deployment {deployment.Name}: {Status("updatedReplicas")} of {wanted} pods are of the new template.");
        if (Status("replicas") > Status("updatedReplicas")) return new Waits($"Deployment {deployment.Name}: {Status("replicas") - Status("updatedReplicas")} old pods are still there.");
        return Status("availableReplicas") < wanted
            ? new Waits($"Deployment {deployment.Name}: {Status("availableReplicas")} of {wanted} pods are available.")
            : new Well($"Deployment {deployment.Name}: {wanted} of {wanted} pods are available with the new template.");

        string? Is(string type, string status) => conditions.TryGetValue(type, out var one) && one["status"]?.ToString() == status ? one["message"]?.ToString() ?? one["reason"]?.ToString() ?? type : null;
    }

    /// <param name="deployments">Of its namespace: the Operator makes one that belongs to the Runner.</param>
    public static RollOutVerdict Of(LiveObject runner, IEnumerable<LiveObject> deployments)
    {
        ArgumentNullException.ThrowIfNull(runner);
        ArgumentNullException.ThrowIfNull(deployments);
        // Free text of the Operator: shown as it is, and nothing is read out of it.
        var phase = runner.Text("status", "phase") is { Length: > 0 } said ? $" Its phase is \"{said}\"{(runner.Text("status", "message") is { Length: > 0 } more ? $": {more}" : "")}." : " It has no phase yet.";
        return deployments.FirstOrDefault(one => one.IsOwnedBy(runner.Uid)) is not { } made
            ? new Waits($"The Operator has made no Deployment of Runner {runner.Name}.{phase}")
            : Of(made) switch { Well(var what) => new Well($"{what}{phase}"), Waits(var what) => new Waits($"{what}{phase}"), Broken(var why) => new Broken($"{why.TrimEnd('.')}.{phase}"), var other => other };
    }
}
