namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Where job pods run, and whether a network policy holds them.</summary>
public sealed class NamespaceCheck : KubernetesCheck
{
    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        var perJob = runner.Flag("namespace_per_job") is true;
        switch (runner.Text("namespace"))
        {
            case null or "" when !perJob:
                yield return Found(runner, CheckCodes.MissingNamespace, "namespace", runner.Runner.IsTemplate ? CheckSeverity.Info : CheckSeverity.Warning,
                    runner.Runner.IsTemplate ? "No namespace is set: the Helm chart and the Operator put in their own, beside the manager." : "No namespace is set: job pods run in the namespace default.", "Set namespace to one that holds job pods alone.");
                break;
            case "default":
                yield return Found(runner, CheckCodes.MissingNamespace, "namespace", CheckSeverity.Warning, "Job pods run in the namespace default, beside whatever else stands there.", "Set namespace to one that holds job pods alone.");
                break;
            case { Length: > 0 } name when !KubernetesNames.IsLabel(name):
                yield return Found(runner, CheckCodes.BadValue, "namespace", CheckSeverity.Error, $"\"{(name.Length > 60 ? name[..60] : name)}\" cannot be a namespace; variables are not put in here.", "Write at most 63 small letters, digits and dashes.");
                break;
        }

        if (NoPolicy(runner, config.Namespace?.NetworkPolicies) is { } found) yield return found;
    }

    private static ConfigFinding? NoPolicy(KubernetesSection runner, IReadOnlyList<PodSelector>? policies)
    {
        const string Remedy = "Make a NetworkPolicy whose podSelector is empty, or asks for the label job.runner.gitlab.com/pod with the operator Exists; and see that the cluster's network enforces policies.";
        ConfigFinding Of(CheckSeverity severity, string message, string remedy) => Found(runner, CheckCodes.NoNetworkPolicy, "namespace", severity, message, remedy);
        return policies switch
        {
            null => Of(CheckSeverity.Info, "Whether a network policy holds the job pods is not in this file: without one, a job reaches whatever the cluster's network reaches, metadata services included.", Remedy),
            [] => Of(CheckSeverity.Warning, "The namespace has no network policy: a job reaches whatever the cluster's network reaches, metadata services included.", Remedy),
            _ when !policies.Any(policy => policy.Selects(JobPodLabels.Of(runner))) => Of(CheckSeverity.Warning, $"No network policy selects the job pods ({string.Join(", ", policies.Take(5).Select(policy => policy.Name))}): they have none of the labels that are asked for.", $"{Remedy} Labels of your own need [runners.kubernetes.pod_labels]."),
            _ => null,
        };
    }
}
