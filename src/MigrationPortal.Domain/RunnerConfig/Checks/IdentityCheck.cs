using System.Globalization;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Who containers run as, and whether allowlists have a say (kubernetes-executor.md 2).</summary>
public sealed class IdentityCheck : KubernetesCheck
{
    private static readonly string[] OfHelperImage = ["helper", "init_permissions"];

    private static readonly (string List, string Key, string Noun)[] Lists = [("allowed_users", "run_as_user", "user"), ("allowed_groups", "run_as_group", "group")];

    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        foreach (var (list, key, noun) in Lists)
        {
            if (runner.Texts(list) is not { } allowed) continue;
            foreach (var found in Dead(runner, list, key, noun)) yield return found;
            foreach (var found in Entries(runner, list, noun, allowed)) yield return found;
        }

        foreach (var container in KubernetesSection.Containers)
            if (NonRoot(runner, container) is { } found) yield return found;
        if (runner.Flag("pod_security_context.run_as_non_root") is true && runner.Whole("pod_security_context.run_as_user") is 0 && KubernetesSection.Containers.All(container => runner.Whole($"{KubernetesSection.ContextOf(container)}.run_as_user") is null or 0))
            yield return Found(runner, CheckCodes.NonRootConflict, "pod_security_context.run_as_user", CheckSeverity.Error, "The pod must not run as root (run_as_non_root) and is told to (run_as_user = 0): Kubernetes refuses its containers.", "Set run_as_user to another number, or take run_as_non_root out.");
        foreach (var same in OfHelperImage.Select(container => (Container: container, Key: NonRootWithoutUser(runner, container))).Where(one => one.Key is not null).GroupBy(one => one.Key!))
            yield return HelperAsRoot(runner, same.Key, [.. same.Select(one => one.Container)]);
        if (RootPossible(runner) is { } possible) yield return possible;
    }

    // Contexts are asked first; where they decide for build and services alike, the list is never looked at.
    private static IEnumerable<ConfigFinding> Dead(KubernetesSection runner, string list, string key, string noun)
    {
        string Context(string container) => $"{KubernetesSection.ContextOf(container)}.{key}";
        var pod = $"pod_security_context.{key}";
        string? Decides(string container) => runner.Whole(Context(container)) is not null ? Context(container) : runner.Whole(pod) is not null ? pod : null;
        if (Decides("build") is not { } build) yield break;
        var service = Decides("service");
        yield return Found(runner, CheckCodes.DeadAllowlist, list, CheckSeverity.Warning,
            service is null ? $"{build} decides the {noun} of the build container, so {list} holds for services alone; a job's own {noun} is left aside with a notice."
                : $"{build}{(service == build ? "" : $" and {service}")} decide the {noun}, so {list} is never looked at; a job's own {noun} is left aside with a notice.",
            $"Either take {list} out (fixed identity), or take {key} out of {(service is null || service == build ? build.Split('.')[0] : $"{build.Split('.')[0]} and {service.Split('.')[0]}")} and set run_as_non_root (identity by the job).");
    }

    private static IEnumerable<ConfigFinding> Entries(KubernetesSection runner, string list, string noun, IReadOnlyList<string> allowed)
    {
        var odd = allowed.Where(entry => !long.TryParse(entry, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) || id < 0).ToList();
        if (odd.Count > 0)
            yield return Found(runner, CheckCodes.BadAllowlist, list, odd.Count == allowed.Count ? CheckSeverity.Error : CheckSeverity.Warning,
                $"{list} holds {string.Join(", ", odd.Take(5).Select(entry => $"\"{entry}\""))}: only numbers from 0 on are compared{(odd.Count == allowed.Count ? $", so no job may choose a {noun}" : "; the rest of the list holds")}.", $"Write numbers as texts: {list} = [\"1000\"].");
        if (allowed.Any(entry => long.TryParse(entry, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id) && id == 0))
            yield return Found(runner, CheckCodes.RootAllowed, list, CheckSeverity.Warning, $"{list} holds 0: jobs may run as root.", "Take \"0\" out, unless jobs need root.");
    }

    private static ConfigFinding? NonRoot(KubernetesSection runner, string container)
    {
        var context = KubernetesSection.ContextOf(container);
        var must = runner.Flag($"{context}.run_as_non_root") ?? runner.Flag("pod_security_context.run_as_non_root");
        return must is true && runner.Whole($"{context}.run_as_user") is 0
            ? Found(runner, CheckCodes.NonRootConflict, $"{context}.run_as_user", CheckSeverity.Error, $"The {container.Replace('_', '-')} container must not run as root (run_as_non_root) and is told to (run_as_user = 0): Kubernetes refuses it.", $"Set run_as_user to another number, or run_as_non_root = false in {context}.")
            : null;
    }

    // The key that keeps a container from being root, where nothing says who else it is; null: all is well.
    private static string? NonRootWithoutUser(KubernetesSection runner, string container)
    {
        var context = KubernetesSection.ContextOf(container);
        if (runner.IsWindows || (runner.Whole($"{context}.run_as_user") ?? runner.Whole("pod_security_context.run_as_user")) is not null) return null;
        return runner.Flag($"{context}.run_as_non_root") switch { true => $"{context}.run_as_non_root", null when runner.Flag("pod_security_context.run_as_non_root") is true => "pod_security_context.run_as_non_root", _ => null };
    }

    // gitlab-runner's own helper image says USER root; a ubi one and somebody's own may say another.
    private static ConfigFinding HelperAsRoot(KubernetesSection runner, string key, IReadOnlyList<string> containers)
    {
        var known = runner.Text("helper_image") is null or "" && runner.Text("helper_image_flavor")?.StartsWith("ubi", StringComparison.Ordinal) is not true;
        var words = string.Join(" and ", containers.Select(container => container.Replace('_', '-')));
        return Found(runner, CheckCodes.NonRootConflict, key, known ? CheckSeverity.Error : CheckSeverity.Warning,
            $"The {words} {(containers.Count == 1 ? "container" : "containers")} must not run as root (run_as_non_root) and no run_as_user says who else: {(known ? "the runner's helper image runs as root, so Kubernetes starts no job" : "where the helper image runs as root, Kubernetes starts no job")}.",
            $"Set run_as_user in {string.Join(" and ", containers.Select(container => $"[runners.kubernetes.{KubernetesSection.ContextOf(container)}]"))}, such as 1000; files of the clone then belong to that user.");
    }

    private static ConfigFinding? RootPossible(KubernetesSection runner)
    {
        const string Build = "build_container_security_context";
        if (runner.IsWindows || (runner.Flag($"{Build}.run_as_non_root") ?? runner.Flag("pod_security_context.run_as_non_root")) is true) return null;
        return (runner.Whole($"{Build}.run_as_user") ?? runner.Whole("pod_security_context.run_as_user")) switch
        {
            0 => Found(runner, CheckCodes.RootPossible, runner.Find($"{Build}.run_as_user") is null ? "pod_security_context.run_as_user" : $"{Build}.run_as_user", CheckSeverity.Warning, "Jobs run as root.", "Set run_as_user to another number, if the images of the jobs work with it."),
            not null => null,
            _ when runner.Texts("allowed_users") is not null => Found(runner, CheckCodes.RootPossible, "allowed_users", CheckSeverity.Warning, "allowed_users keeps jobs from asking for root, and does not keep images from it: a job that asks for nobody, or for somebody who is not allowed, runs as the USER of its image, which may be root.", "Set run_as_non_root = true in [runners.kubernetes.pod_security_context]."),
            _ => Found(runner, CheckCodes.RootPossible, "pod_security_context.run_as_non_root", CheckSeverity.Info, "Nothing keeps a job from running as root: the USER of its image decides.", "Set run_as_non_root = true or run_as_user in [runners.kubernetes.pod_security_context], once the images of the jobs work with it."),
        };
    }
}
