namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Patches of the pod: they come after everything else, so they can undo every other key (kubernetes-executor.md 1.6).</summary>
public sealed class PodSpecCheck : KubernetesCheck
{
    private const string Flag = "FF_USE_ADVANCED_POD_SPEC_CONFIGURATION";

    // A merge patch knows no names in lists: what it does not repeat is gone.
    private static readonly string[] Lists = ["containers", "initContainers", "volumes"];

    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        var patches = runner.Tables("pod_spec");
        if (patches.Count > 0 && !runner.Runner.IsOn(Flag))
            // A part of a file, without its [[runners]], may have the flag where it is not seen.
            yield return Found(runner, CheckCodes.PodSpecOff, "pod_spec", runner.Runner.Path == "runners" ? CheckSeverity.Warning : CheckSeverity.Error, $"pod_spec has no effect: {Flag} is off.", $"Write {Flag} = true in [runners.feature_flags].") with { Line = patches[0].Line };
        for (var i = 0; i < patches.Count; i++)
            foreach (var found in One(runner, patches[i], i)) yield return found;
    }

    private static IEnumerable<ConfigFinding> One(KubernetesSection runner, ConfigTable table, int index)
    {
        ConfigFinding Of(string code, string key, CheckSeverity severity, string message, string remedy) => new(code, runner.KeyOf($"pod_spec[{index}].{key}"), table[key]?.Line ?? table.Line, severity, message, remedy);

        var (text, path, kind) = (table.Text("patch"), table.Text("patch_path"), table.Text("patch_type"));
        if (text is { Length: > 0 } && path is { Length: > 0 })
            yield return Of(CheckCodes.BadPodSpec, "patch_path", CheckSeverity.Error, "patch and patch_path are both set: every job fails.", "Take one of the two out.");
        else if (text is null or "" && path is null or "")
            yield return Of(CheckCodes.BadPodSpec, "patch", CheckSeverity.Error, "There is neither patch nor patch_path: every job fails.", "Set patch to the fields of the pod, as YAML or JSON.");
        if (path is { Length: > 0 })
            yield return Of(CheckCodes.PodSpecDefeatsPolicy, "patch_path", CheckSeverity.Warning, "What the file of patch_path sets is not seen here, and can undo every other key.", "Write it in patch, so that it is seen and compared with the rest.");
        if (text is not { Length: > 0 } || kind is not (null or "" or "strategic" or "merge" or "json")) yield break;

        var patch = PodPatch.Of(text, kind);
        if (patch.Fault is { } fault)
        {
            yield return Of(CheckCodes.BadPodSpec, "patch", CheckSeverity.Error, $"The patch cannot be used: {fault}. Every job fails.", kind == "json" ? "Write a list: [{\"op\": \"add\", \"path\": \"/hostUsers\", \"value\": false}]." : "Write fields of a pod's spec: containers, volumes, securityContext.");
            yield break;
        }

        if (patch.Leaves.FirstOrDefault(leaf => leaf.Path.Split('.', '[')[0] is "spec" or "metadata" or "apiVersion" or "kind") is { } outside)
            yield return Of(CheckCodes.BadPodSpec, "patch", CheckSeverity.Error, $"The patch is of a pod's spec alone, and {outside.Path.Split('.', '[')[0]} is none of its fields: it has no effect.", "Write what stands below spec; labels and annotations have keys of their own, pod_labels and pod_annotations.");
        if (kind == "merge" && Lists.FirstOrDefault(list => patch.Leaves.Any(leaf => leaf.Path.StartsWith(list + "[", StringComparison.Ordinal))) is { } whole)
            yield return Of(CheckCodes.BadPodSpec, "patch_type", CheckSeverity.Error, $"A merge patch puts its {whole} in place of the pod's: what is not repeated is gone, gitlab-runner's own included.", "Write patch_type = \"strategic\", which joins lists by name.");
        foreach (var (danger, leaf, container) in Dangers(patch))
            if (Judge(runner, danger, leaf, container) is var (severity, message, remedy)) yield return Of(CheckCodes.PodSpecDefeatsPolicy, "patch", severity, message, remedy);
    }

    private static IEnumerable<(PatchDanger Danger, PatchLeaf Leaf, string? Container)> Dangers(PodPatch patch)
    {
        foreach (var leaf in patch.Leaves)
            foreach (var danger in PatchDangers.All)
                if (danger.Path.Match(leaf.Path) is { Success: true } match && danger.IsBad(leaf.Value))
                {
                    yield return (danger, leaf, match.Groups["c"] is { Success: true } container ? container.Value : null);
                    break;
                }
    }

    private static (CheckSeverity Severity, string Message, string Remedy)? Judge(KubernetesSection runner, PatchDanger danger, PatchLeaf leaf, string? container)
    {
        var context = KubernetesSection.ContextOf(container switch { null or "build" => "build", "helper" => "helper", "init-permissions" => "init_permissions", _ => "service" });
        var owner = container switch { null or "build" => "", "helper" or "init-permissions" => "helper_", _ => "service_" };
        var kind = leaf.Path[(leaf.Path.LastIndexOf('.') + 1)..].Replace('-', '_');
        var undone = danger.Keys.Select(key => key.Replace("{c}", context, StringComparison.Ordinal).Replace("{r}", owner, StringComparison.Ordinal).Replace("{0}", kind, StringComparison.Ordinal))
            .Where(key => IsUndone(runner, key, leaf.Value)).Distinct().ToList();
        if (undone.Count == 0 && (!danger.IsPolicy || IsRepeated(runner, danger, context, leaf.Value))) return null;
        // Somebody wrote the key for its effect, and it has none.
        return (undone.Count > 0 && danger.IsPolicy ? CheckSeverity.Error : CheckSeverity.Warning,
            $"The patch sets {leaf.Path}{(leaf.Value is null ? " to nothing" : "")}: {danger.Says}.{(undone.Count == 0 ? "" : $" It undoes {string.Join(", ", undone)}.")}",
            undone.Count == 0 ? "Take it out of the patch, unless it is wanted; then keep this runner to jobs that need it." : $"Take it out of the patch, or change {undone[0]} where it is set, so that one place says it.");
    }

    private static bool IsUndone(KubernetesSection runner, string key, string? value) => runner.Find(key) switch
    {
        null => false,
        ConfigScalar { Value: long number } => value != number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ConfigScalar { Value: bool flag } => key.EndsWith("privileged", StringComparison.Ordinal) || key.EndsWith("escalation", StringComparison.Ordinal) || key.EndsWith("token", StringComparison.Ordinal) ? !flag : flag,
        ConfigScalar { Value: string text } => text.Length > 0 && !text.Equals(value, StringComparison.OrdinalIgnoreCase),
        ConfigList { Items.Count: 0 } => false,
        _ => true,
    };

    // It says what a key of this file says, too.
    private static bool IsRepeated(KubernetesSection runner, PatchDanger danger, string context, string? value) =>
        danger.Keys.Any(key => (runner.Find(key.Replace("{c}", context, StringComparison.Ordinal)) as ConfigScalar)?.ToString().Trim('"').Equals(value, StringComparison.OrdinalIgnoreCase) == true);
}
