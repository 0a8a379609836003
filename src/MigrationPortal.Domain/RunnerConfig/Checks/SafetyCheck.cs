namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>What lets a job reach beyond its pod.</summary>
public sealed class SafetyCheck : KubernetesCheck
{
    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        if (runner.Flag("privileged") is true)
        {
            var spared = KubernetesSection.Containers.Where(container => runner.Flag($"{KubernetesSection.ContextOf(container)}.privileged") is false).ToList();
            if (spared.Count < KubernetesSection.Containers.Count)
                yield return Unsafe(runner, "privileged", $"privileged = true gives {(spared.Count == 0 ? "every container" : "the other containers")} of a job the node: whoever writes a CI file is root there.",
                    "Take it out. Where only Docker-in-Docker needs it, set privileged = true in [runners.kubernetes.service_container_security_context] alone, on nodes of their own.");
        }

        foreach (var container in KubernetesSection.Containers)
        {
            var context = KubernetesSection.ContextOf(container);
            if (runner.Flag($"{context}.privileged") is true)
                yield return Unsafe(runner, $"{context}.privileged", container == "service"
                    ? "Services are privileged: an image that a job names as a service is root on the node."
                    : $"The {container.Replace('_', '-')} container is privileged: whoever writes a CI file is root on the node.",
                    container == "service" ? "Keep it to nodes of their own, and name what may run there in allowed_services." : "Take it out; Docker-in-Docker needs it in service_container_security_context alone.",
                    container == "service" && runner.Texts("allowed_services") is { Count: > 0 } ? CheckSeverity.Info : CheckSeverity.Warning);
            if ((runner.Texts($"{context}.capabilities.add") ?? []).FirstOrDefault(IsStrong) is { } own)
                yield return Unsafe(runner, $"{context}.capabilities.add", own.Equals("ALL", StringComparison.OrdinalIgnoreCase)
                    ? $"The {container.Replace('_', '-')} container has all capabilities, which is as good as privileged."
                    : $"{own} is as good as privileged, and the {container.Replace('_', '-')} container gets it.", "Name those that are needed, without it.");
        }

        if ((runner.Texts("cap_add") ?? []).FirstOrDefault(IsStrong) is { } strong)
            yield return Unsafe(runner, "cap_add", $"{strong} is as good as privileged, and every container gets it.", "Take it out, or give it to the one container that needs it.");
        if (runner.Flag("allow_privilege_escalation") is true)
            yield return Unsafe(runner, "allow_privilege_escalation", "Processes may gain more rights than they start with.", "Set allow_privilege_escalation = false; sudo does not work then.", CheckSeverity.Info);
        foreach (var found in HostPaths(runner)) yield return found;
        foreach (var found in Accounts(runner)) yield return found;
    }

    private static bool IsStrong(string capability) => capability.ToUpperInvariant() is "ALL" or "SYS_ADMIN" or "SYS_MODULE" or "SYS_RAWIO" or "SYS_PTRACE" or "BPF" or "DAC_READ_SEARCH";

    private static IEnumerable<ConfigFinding> HostPaths(KubernetesSection runner)
    {
        var volumes = runner.Tables("volumes.host_path");
        for (var i = 0; i < volumes.Count; i++)
        {
            var volume = volumes[i];
            var path = volume.Text("host_path") is { Length: > 0 } host ? host : volume.Text("mount_path") ?? "";
            var isSocket = path.EndsWith(".sock", StringComparison.Ordinal);
            var key = runner.KeyOf($"volumes.host_path[{i}]");
            yield return isSocket
                ? new(CheckCodes.UnsafeProfile, key, volume.Line, CheckSeverity.Warning, $"{path} hands the container runtime of the node to every job: whoever writes a CI file is root there. Nodes with containerd have no docker.sock at all.", "Take it out; build images with buildah, BuildKit, or Docker-in-Docker as a service.")
                : new(CheckCodes.UnsafeProfile, key, volume.Line, CheckSeverity.Warning, $"Jobs {(volume.Flag("read_only") is true ? "read" : "write")} {(path is "/" ? "the whole file system" : path)} of the node, each on the node that it happens to run on.", "Use an empty_dir, a pvc, a config_map or a secret in its place.");
        }
    }

    private static IEnumerable<ConfigFinding> Accounts(KubernetesSection runner)
    {
        if (runner.Flag("automount_service_account_token") is not false && !runner.IsWindows)
            yield return Unsafe(runner, "automount_service_account_token",
                runner.Text("service_account") is { Length: > 0 } account ? $"Every job can read the token of the service account {account}, and act in the cluster as it." : "Every job can read the token of its service account, and act in the cluster as it.",
                "Set automount_service_account_token = false, unless jobs deploy with it.", runner.Flag("automount_service_account_token") is true || runner.Text("service_account") is { Length: > 0 } ? CheckSeverity.Warning : CheckSeverity.Info);
        if (runner.Flag("bearer_token_overwrite_allowed") is true)
            yield return Unsafe(runner, "bearer_token_overwrite_allowed", "A job may have its pod made with another token (KUBERNETES_BEARER_TOKEN).", "Set bearer_token_overwrite_allowed = false, unless jobs need it.", CheckSeverity.Info);
    }

    private static ConfigFinding Unsafe(KubernetesSection runner, string key, string message, string remedy, CheckSeverity severity = CheckSeverity.Warning) => Found(runner, CheckCodes.UnsafeProfile, key, severity, message, remedy);
}
