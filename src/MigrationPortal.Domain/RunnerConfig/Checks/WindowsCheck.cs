namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>What does not work for pods on Windows nodes.</summary>
public sealed class WindowsCheck : KubernetesCheck
{
    private static readonly string[] OfLinux = ["privileged", "cap_add", "cap_drop"];

    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        if (!runner.IsWindows) yield break;
        ConfigFinding Of(string key, CheckSeverity severity, string message, string remedy) => Found(runner, CheckCodes.Windows, key, severity, message, remedy);

        if (runner.Tables("services").Count > 0) yield return Of("services", CheckSeverity.Error, "Windows nodes know no host aliases, by which services are reached: services do not work.", "Leave jobs with services to Linux nodes.");
        if (runner.Find("node_selector.node\\.kubernetes\\.io/windows-build") is null) yield return Of("node_selector", CheckSeverity.Warning, "Images must fit the Windows build of the node, and none is asked for.", "Add \"node.kubernetes.io/windows-build\" = \"10.0.20348\" to node_selector.");
        if (!runner.Runner.IsOn("FF_USE_POWERSHELL_PATH_RESOLVER")) yield return Of("node_selector", CheckSeverity.Warning, "A manager on Linux resolves paths of Windows wrongly without FF_USE_POWERSHELL_PATH_RESOLVER.", "Write FF_USE_POWERSHELL_PATH_RESOLVER = true in [runners.feature_flags].");
        foreach (var key in KubernetesSection.Containers.Select(KubernetesSection.ContextOf).Prepend("pod_security_context").SelectMany(context => new[] { $"{context}.run_as_user", $"{context}.run_as_group" }).Where(key => runner.Find(key) is not null))
            yield return Of(key, CheckSeverity.Error, "Windows knows no uid and gid: Kubernetes refuses the pod, or the key has no effect.", "Take it out.");
        foreach (var key in OfLinux.Where(key => runner.Find(key) is not null && runner.Flag(key) is not false))
            yield return Of(key, CheckSeverity.Error, $"{key} has no meaning on Windows nodes.", "Take it out.");
    }
}
