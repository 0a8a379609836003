namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>What the trial of an object means, in words with the remedy.</summary>
internal static class ApplyFindings
{
    /// <summary>It cannot be tried before its namespace is there, which comes first.</summary>
    public static bool Waits(ObjectTrial trial, IReadOnlyList<Manifest> missing) =>
        trial.Trouble is ObjectAnswer.Refused { NoNamespace: true } or ObjectAnswer.Missing && missing.Any(one => one.Key.Name == trial.Wanted.Key.Namespace);

    public static IEnumerable<ApplyFinding> Of(ObjectTrial trial, Rendering rendering, IReadOnlyList<Manifest> missing)
    {
        var key = trial.Wanted.Key;
        foreach (var path in trial.Pruned) yield return Error("pruned-field", $"{path} was dropped: this cluster's {key.Kind} does not know it.{OperatorIdea(key, rendering)}");
        foreach (var warning in trial.Warnings) yield return new ApplyFinding(FindingLevel.Warning, "api-warning", key, warning);
        foreach (var held in trial.Conflicts) yield return new ApplyFinding(FindingLevel.Warning, "field-conflict", key, $"{held.Path} belongs to {held.Manager}{(held.Since is { } at ? $" since {at:yyyy-MM-dd HH:mm} UTC" : "")}. Take it over, or leave it.");
        if (trial is { Unread: { } hidden, After: not null }) yield return new ApplyFinding(FindingLevel.Warning, "object-unread", key, $"{key} may not be read, so what would change in it is not known: {hidden.Message}");
        if (key.Kind == "Namespace" && trial.Before is null && trial.After is not null) yield return new ApplyFinding(FindingLevel.Note, "namespace-made", key, $"The namespace {key.Name} is not there: it is made first.");
        if (Waits(trial, missing) || trial.Trouble is not ObjectAnswer.Refused no) yield break;
        yield return no switch
        {
            { NoKind: true } when key.Kind == "Runner" => Error("operator-missing", "The cluster has no GitLab Runner Operator: its definition of Runner is not there. Install the Operator, or choose manifests."),
            { NoKind: true } => Error("kind-missing", $"The cluster does not know {key.Kind} ({key.ApiVersion})."),
            { Message: var message } when message.Contains("field not declared in schema", StringComparison.Ordinal) => Error("unknown-field", $"{message.TrimEnd('.')}.{OperatorIdea(key, rendering)}"),
            { Reason: "Forbidden" } => Error("forbidden", $"{no.Message.TrimEnd('.')}. The cluster's preflight lists what is missing."),
            _ => Error(no.Reason == "Invalid" ? "invalid" : "refused", string.Join(" ", (string[])[no.Message.TrimEnd('.') + ".", .. no.Causes.Where(cause => !no.Message.Contains(cause.Message, StringComparison.Ordinal)).Select(cause => $"{cause.Field}: {cause.Message}.")])),
        };

        ApplyFinding Error(string code, string sentence) => new(FindingLevel.Error, code, key, sentence);
    }

    private static string OperatorIdea(ObjectKey key, Rendering rendering) =>
        key.Kind == "Runner" ? $" The configuration is written for Operator {rendering.OperatorVersion ?? "1.52.0"}: the cluster's is probably older. Update it, or set the configuration's Operator version to it." : "";
}
