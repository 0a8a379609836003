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

    /// <param name="made">The Deployment that the Operator made of the Runner; null: there is none.</param>
    /// <param name="before">What was there before the Runner was written; null: not noted.</param>
    public static RollOutVerdict Of(LiveObject runner, LiveObject? made, StepNotes? before)
    {
        ArgumentNullException.ThrowIfNull(runner);
        // Free text of the Operator: shown as it is, and nothing is read out of it.
        var phase = runner.Text("status", "phase") is { Length: > 0 } said ? $" Its phase is \"{said}\"{(runner.Text("status", "message") is { Length: > 0 } more ? $": {more}" : "")}." : " It has no phase yet.";
        if (made is null) return new Waits($"The Operator has made no Deployment of Runner {runner.Name}.{phase}");
        if (Stale(runner, made, before) is { } stale) return new Waits($"{stale}{phase}");
        return Of(made) switch { Well(var what) => new Well($"{what}{phase}"), Waits(var what) => new Waits($"{what}{phase}"), Broken(var why) => new Broken($"{why.TrimEnd('.')}.{phase}"), var other => other };
    }

    /// <summary>Why the Deployment does not run the Runner as it is now; null: it does. The ConfigMaps' names say what is in them, and the Operator's pods name them.</summary>
    private static string? Stale(LiveObject runner, LiveObject made, StepNotes? before)
    {
        var named = new[] { runner.Text("spec", "config"), runner.Text("spec", "env") }.OfType<string>().Where(one => one.Length > 0).ToList();
        var template = (made.At("spec", "template") is { } node ? Texts(node) : []).ToHashSet(StringComparer.Ordinal);
        if (named.Count > 0 && named.TrueForAll(template.Contains)) return null;
        if (named.Find(one => !template.Contains(one)) is { } missing && template.FirstOrDefault(one => HashedNames.IsOther(one, missing)) is { } old)
            return $"The Operator has not taken the change over: Deployment {made.Name} runs with ConfigMap {old}, and not yet with {missing}.";
        // An Operator that copies what it is given: its Deployment must have changed at least.
        return before?.Template is { } template0 && before.Generation != runner.Generation && StepNotes.Of(made) == template0
            ? $"The Operator has not taken the change over: Deployment {made.Name} is as it was before." : null;
    }

    private static IEnumerable<string> Texts(JsonNode node) => node switch
    {
        JsonObject map => map.Select(one => one.Value).OfType<JsonNode>().SelectMany(Texts),
        JsonArray list => list.OfType<JsonNode>().SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
