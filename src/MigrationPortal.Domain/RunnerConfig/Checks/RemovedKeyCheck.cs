namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Keys that an older gitlab-runner knew, and keys that the target does not know yet.</summary>
public sealed class RemovedKeyCheck : ConfigCheck
{
    private static readonly Dictionary<string, string> Replacements = new(StringComparer.OrdinalIgnoreCase)
    {
        ["metrics_server"] = "Write listen_address in its place.",
        ["runners[].pre_clone_script"] = "Write pre_get_sources_script in its place (15.9 or newer).",
        ["runners[].post_clone_script"] = "Write post_get_sources_script in its place (15.9 or newer).",
        ["runners[].kubernetes.terminationGracePeriodSeconds"] = "Write pod_termination_grace_period_seconds and cleanup_grace_period_seconds in its place.",
        ["runners[].kubernetes.cpus"] = "Write cpu_limit in its place.",
        ["runners[].kubernetes.memory"] = "Write memory_limit in its place, as a Kubernetes quantity such as 2Gi.",
        ["runners[].kubernetes.service_cpus"] = "Write service_cpu_limit in its place.",
        ["runners[].kubernetes.service_memory"] = "Write service_memory_limit in its place, as a Kubernetes quantity such as 1Gi.",
        ["runners[].kubernetes.helper_cpus"] = "Write helper_cpu_limit in its place.",
        ["runners[].kubernetes.helper_memory"] = "Write helper_memory_limit in its place, as a Kubernetes quantity such as 512Mi.",
        ["runners[].docker.disable_pull"] = "Write pull_policy = \"never\" in its place.",
        ["runners[].docker.registry"] = "Take it out: name the registry in image.",
        ["runners[].docker.image_ttl"] = "Take it out: nothing cleans up images for you.",
    };

    public override IEnumerable<ConfigFinding> Look(CheckedConfig config)
    {
        var target = config.Target ?? ConfigKeys.Newest;
        foreach (var use in config.Uses)
        {
            if (use.Key is not { } key || key.IsReadBy(target)) continue;
            if (key.LastRelease is { } last)
                yield return Found(CheckCodes.RemovedKey, CheckSeverity.Error, use, $"{key.Name} was last read by gitlab-runner {Minor(last)}; {After(last)} and newer ignore it in silence.", Replacements.GetValueOrDefault(key.Path, "Take it out."));
            else if (!key.IsReleased)
                yield return Found(CheckCodes.NotReleased, CheckSeverity.Error, use, $"{key.Name} is in no release of gitlab-runner yet (looked at up to {Minor(ConfigKeys.Newest)}); today's ignore it in silence.", "Take it out until a release has it.");
            else if (!IsBelowNewer(use, target))
                yield return Found(CheckCodes.TooNew, CheckSeverity.Error, use, $"{key.Name} came with gitlab-runner {Minor(key.Since!)}; {Minor(target)} ignores it in silence.", $"Run gitlab-runner {Minor(key.Since!)} or newer, or take it out.");
        }
    }

    // A section that is too new is told once, not again with each of its keys.
    private static bool IsBelowNewer(KeyUse use, Version target)
    {
        for (var end = use.SchemaPath.LastIndexOf('.'); end > 0; end = use.SchemaPath.LastIndexOf('.', end - 1))
            if (ConfigKeys.Find(use.SchemaPath[..end].TrimEnd('[', ']')) is { LastRelease: null, IsReleased: true } above && !above.IsReadBy(target)) return true;
        return false;
    }

    private static string Minor(Version version) => $"{version.Major}.{version.Minor}";

    private static string After(Version last) => (last.Major, last.Minor) switch
    {
        (0, _) => "everything after it",
        (1, 11) => "9.0",
        (9, 5) => "10.0",
        (10 or 11 or 12 or 13 or 14 or 15 or 16 or 17, >= 11) => $"{last.Major + 1}.0",
        var (major, minor) => $"{major}.{minor + 1}",
    };
}
