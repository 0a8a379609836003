using MigrationPortal.Domain.RunnerConfig;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>What the runner, the chart and the cluster's own controllers write into objects by themselves: no drift.</summary>
internal static class DriftNoise
{
    // The runner writes these into its file when GitLab gives it another token.
    private static readonly string[] Rotated = ["token", "token_obtained_at", "token_expires_at", "id"];

    public static bool Is(ObjectTrial trial, FieldChange change, FieldOwner? writer, bool hasAutoscaler) => change.Path.Steps switch
    {
        [.., FieldStep.Field("annotations"), FieldStep.Field(var name)] => name.StartsWith("checksum/", StringComparison.Ordinal) || name == "kubectl.kubernetes.io/restartedAt",
        [FieldStep.Field("spec"), FieldStep.Field("replicas")] => hasAutoscaler || writer is { Subresource: "scale", Manager: "kube-controller-manager" },
        [FieldStep.Field("data"), FieldStep.Field(var file)] when trial.Wanted.Key.Kind == "ConfigMap" && file.EndsWith(".toml", StringComparison.Ordinal) => SameFile(Text(trial.Before, file), Text(trial.After, file)),
        _ => false,
    };

    private static string? Text(LiveObject? live, string file) => live?.Text("data", file);

    private static bool SameFile(string? one, string? other) =>
        one is not null && other is not null && ConfigDocument.Read(one).Document is { } left && ConfigDocument.Read(other).Document is { } right && Plain(left) == Plain(right);

    private static string Plain(ConfigDocument document)
    {
        foreach (var runner in document.Runners) foreach (var key in Rotated) runner.Set(key, null);
        return document.Render();
    }
}
