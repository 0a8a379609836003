using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Labels and annotations: of runners for GitLab, of pods for Kubernetes.</summary>
public sealed partial class LabelCheck : ConfigCheck
{
    /// <summary>Of a runner, those of the whole file counted in (<c>common/labels.go</c>).</summary>
    private const int MostRunnerLabels = 32;

    public override IEnumerable<ConfigFinding> Look(CheckedConfig config)
    {
        foreach (var use in config.Uses)
        {
            if (use is not { Map: { } map, Node: ConfigScalar { Value: string value } }) continue;
            var name = use.NameInMap!;
            var found = map.Path switch
            {
                "labels" or "runners[].labels" => RunnerLabel(use, name, value),
                "runners[].kubernetes.pod_labels" => PodLabel(use, name, value),
                "runners[].kubernetes.pod_annotations" => KubernetesNames.IsLabelKey(name) ? null : Illegal(use, name, "annotation", "Kubernetes refuses the pod"),
                "runners[].kubernetes.node_selector" => NodeSelector(use, name, value),
                _ => null,
            };
            if (found is not null) yield return found;
        }

        var shared = config.Root.Table("labels")?.Entries.Select(entry => entry.Key).ToList() ?? [];
        foreach (var runner in config.Runners)
            if (shared.Union(runner.Table.Table("labels")?.Entries.Select(entry => entry.Key) ?? [], StringComparer.Ordinal).Count() is var count and > MostRunnerLabels)
                yield return new(CheckCodes.BadLabel, runner.Path + ".labels", runner.Table["labels"]?.Line ?? runner.Table.Line, CheckSeverity.Error, $"The runner has {count} labels, those of the whole file counted in; more than {MostRunnerLabels} and gitlab-runner refuses the whole file.", $"Keep to {MostRunnerLabels}.");
    }

    private static ConfigFinding? RunnerLabel(KeyUse use, string name, string value) =>
        !RunnerKey().IsMatch(name) ? Found(CheckCodes.BadLabel, CheckSeverity.Error, use, $"\"{Short(name)}\" is no name of a runner's label: gitlab-runner refuses the whole file.", "Write 3 to 65 letters, digits, dots, dashes and underscores, the first a letter, a digit or an underscore.")
        : !RunnerValue().IsMatch(value) ? Found(CheckCodes.BadLabel, CheckSeverity.Error, use, $"The value of the runner's label {name} is not allowed: gitlab-runner refuses the whole file.", "Write 1 to 256 letters, digits, dots, dashes and underscores.")
        : null;

    private static ConfigFinding? PodLabel(KeyUse use, string name, string value)
    {
        if (KubernetesNames.IsReserved(name)) return Found(CheckCodes.ReservedLabel, CheckSeverity.Error, use, $"{Short(name)} belongs to runner.gitlab.com: gitlab-runner leaves it out in silence.", "Take another prefix, of your own domain.");
        if (!KubernetesNames.IsLabelKey(name)) return Illegal(use, name, "label", "Kubernetes refuses the pod");
        // Variables are put in at the job; what comes of them is cleaned as well.
        return value.Contains('$', StringComparison.Ordinal) || KubernetesNames.IsLabelValue(value) ? null
            : Found(CheckCodes.BadLabel, CheckSeverity.Warning, use, $"The value of {Short(name)} is no label of Kubernetes: gitlab-runner makes \"{KubernetesNames.Sanitized(value)}\" of it.", "Write at most 63 letters, digits, dots, dashes and underscores, or use an annotation.");
    }

    private static ConfigFinding? NodeSelector(KeyUse use, string name, string value) =>
        !KubernetesNames.IsLabelKey(name) ? Illegal(use, name, "label", "Kubernetes refuses the pod")
        : !KubernetesNames.IsLabelValue(value) ? Found(CheckCodes.BadLabel, CheckSeverity.Error, use, $"The value of {Short(name)} is no value of a label: Kubernetes refuses the pod.", "Write it as kubectl get nodes --show-labels shows it.")
        : null;

    private static ConfigFinding Illegal(KeyUse use, string name, string kind, string consequence) =>
        Found(CheckCodes.BadLabel, CheckSeverity.Error, use, $"\"{Short(name)}\" is no name of {(kind == "annotation" ? "an annotation" : "a label")}: {consequence}.", "Write a name of at most 63 letters, digits, dots, dashes and underscores, with or without a domain and a slash before it: example.com/team.");

    private static string Short(string text) => text.Length <= 80 ? text : text[..80] + "…";

    [GeneratedRegex(@"\A[a-zA-Z0-9_][a-zA-Z0-9._-]{2,64}\z")]
    private static partial Regex RunnerKey();

    [GeneratedRegex(@"\A[a-zA-Z0-9._-]{1,256}\z")]
    private static partial Regex RunnerValue();
}
