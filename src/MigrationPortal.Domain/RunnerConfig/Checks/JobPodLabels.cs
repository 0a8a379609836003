namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>The labels that job pods of a runner have (kubernetes-executor.md 4).</summary>
public static class JobPodLabels
{
    // What they hold is known when there is a job.
    private static readonly string[] OfJobs =
    [
        "pod", "job.runner.gitlab.com/pod", "manager.runner.gitlab.com/id-short",
        "project.runner.gitlab.com/id", "project.runner.gitlab.com/name", "project.runner.gitlab.com/namespace", "project.runner.gitlab.com/namespace-id", "project.runner.gitlab.com/root-namespace", "project.runner.gitlab.com/root-namespace-id",
    ];

    /// <returns>Null values: known only when there is a job.</returns>
    public static IReadOnlyDictionary<string, string?> Of(KubernetesSection runner)
    {
        ArgumentNullException.ThrowIfNull(runner);
        var labels = OfJobs.ToDictionary(name => name, string? (_) => null, StringComparer.Ordinal);
        labels["manager.runner.gitlab.com/name"] = runner.Runner.Name is { Length: > 0 } name ? KubernetesNames.Sanitized(name) : null;
        foreach (var (key, node) in (runner.Find("pod_labels") as ConfigTable)?.Entries ?? [])
            if (node is ConfigScalar { Value: string value } && KubernetesNames.IsLabelKey(key) && !KubernetesNames.IsReserved(key))
                labels[key] = value.Contains('$', StringComparison.Ordinal) ? null : KubernetesNames.Sanitized(value);
        return labels;
    }
}
