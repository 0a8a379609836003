namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Whether the namespace's Pod Security level admits such pods (Kubernetes, Pod Security Standards). Patches of the pod are looked at apart.</summary>
public sealed class PodSecurityCheck : KubernetesCheck
{
    private static readonly HashSet<string> BaselineCapabilities = new(["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"], StringComparer.OrdinalIgnoreCase);

    private static readonly string[] BaselineSelinux = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        if (config.Namespace?.PodSecurity is not (PodSecurityLevel.Baseline or PodSecurityLevel.Restricted) || runner.IsWindows) yield break;
        var level = config.Namespace.PodSecurity.Value;
        foreach (var found in Baseline(runner)) yield return found;
        if (level != PodSecurityLevel.Restricted) yield break;
        foreach (var container in KubernetesSection.Containers)
            foreach (var found in Restricted(runner, container)) yield return found;
        foreach (var found in RestrictedPod(runner)) yield return found;
    }

    private static IEnumerable<ConfigFinding> Baseline(KubernetesSection runner)
    {
        const string Level = "baseline";
        foreach (var container in KubernetesSection.Containers)
        {
            var context = KubernetesSection.ContextOf(container);
            if ((runner.Flag($"{context}.privileged") ?? runner.Flag("privileged")) is true)
                yield return Refused(runner, Level, runner.Find($"{context}.privileged") is null ? "privileged" : $"{context}.privileged", "privileged containers", "Run such jobs in a namespace of their own that enforces privileged.");
            foreach (var capability in (Capabilities.Of(runner, container).Add ?? []).Where(one => !BaselineCapabilities.Contains(one)))
                yield return Refused(runner, Level, runner.Texts($"{context}.capabilities.add") is null ? "cap_add" : $"{context}.capabilities.add", $"the added capability {capability}",
                    capability.Equals(Capabilities.DroppedByDefault, StringComparison.OrdinalIgnoreCase) ? "For ping, set the sysctl net.ipv4.ping_group_range with a patch in [[runners.kubernetes.pod_spec]]: baseline admits it." : "Take it out.");
            if (runner.Text($"{context}.proc_mount")?.Trim().Equals("unmasked", StringComparison.OrdinalIgnoreCase) == true) yield return Refused(runner, Level, $"{context}.proc_mount", "an unmasked /proc", "Take it out.");
        }

        foreach (var context in Contexts())
        {
            foreach (var profile in new[] { "seccomp_profile.type", "app_armor_profile.type" })
                if (runner.Text($"{context}.{profile}") == "Unconfined") yield return Refused(runner, Level, $"{context}.{profile}", "unconfined profiles", "Write RuntimeDefault.");
            if (runner.Text($"{context}.selinux_type") is { } type && !BaselineSelinux.Contains(type)) yield return Refused(runner, Level, $"{context}.selinux_type", "this SELinux type", "Take it out, or write container_t.");
        }

        foreach (var volume in runner.Tables("volumes.host_path").Take(1))
            yield return Refused(runner, Level, "volumes.host_path", "volumes of the node", "Use an empty_dir or a pvc.") with { Line = volume.Line };
    }

    private static IEnumerable<ConfigFinding> Restricted(KubernetesSection runner, string container)
    {
        const string Level = "restricted";
        var context = KubernetesSection.ContextOf(container);
        var capabilities = Capabilities.Of(runner, container);
        var word = container.Replace('_', '-');
        if (capabilities.Drop?.Contains("ALL", StringComparer.OrdinalIgnoreCase) != true)
            yield return Refused(runner, Level, $"{context}.capabilities.drop", $"the {word} container without drop = [\"ALL\"]", $"Write drop = [\"ALL\"] in [runners.kubernetes.{context}.capabilities], or cap_drop = [\"ALL\"].");
        foreach (var capability in (capabilities.Add ?? []).Where(one => BaselineCapabilities.Contains(one) && !one.Equals("NET_BIND_SERVICE", StringComparison.OrdinalIgnoreCase)))
            yield return Refused(runner, Level, runner.Texts($"{context}.capabilities.add") is null ? "cap_add" : $"{context}.capabilities.add", $"the added capability {capability}", "Take it out.");
        if ((runner.Flag($"{context}.allow_privilege_escalation") ?? runner.Flag("allow_privilege_escalation")) is not false)
            yield return Refused(runner, Level, runner.Find($"{context}.allow_privilege_escalation") is null ? "allow_privilege_escalation" : $"{context}.allow_privilege_escalation", $"the {word} container that may gain rights", "Set allow_privilege_escalation = false in [runners.kubernetes].");
        if ((runner.Flag($"{context}.run_as_non_root") ?? runner.Flag("pod_security_context.run_as_non_root")) is not true)
            yield return Refused(runner, Level, runner.Find($"{context}.run_as_non_root") is null ? "pod_security_context.run_as_non_root" : $"{context}.run_as_non_root", $"the {word} container without run_as_non_root", "Set run_as_non_root = true in [runners.kubernetes.pod_security_context].");
        if (runner.Whole($"{context}.run_as_user") is 0) yield return Refused(runner, Level, $"{context}.run_as_user", "run_as_user = 0", "Write another number.");
        if ((runner.Text($"{context}.seccomp_profile.type") ?? runner.Text("pod_security_context.seccomp_profile.type")) is not ("RuntimeDefault" or "Localhost" or "Unconfined"))
            yield return Refused(runner, Level, $"{(runner.Find($"{context}.seccomp_profile") is null ? "pod_security_context" : context)}.seccomp_profile.type", $"the {word} container without a seccomp profile", "Set type = \"RuntimeDefault\" in [runners.kubernetes.pod_security_context.seccomp_profile] (18.11 or newer), or with a patch in [[runners.kubernetes.pod_spec]].");
    }

    private static IEnumerable<ConfigFinding> RestrictedPod(KubernetesSection runner)
    {
        if (runner.Whole("pod_security_context.run_as_user") is 0) yield return Refused(runner, "restricted", "pod_security_context.run_as_user", "run_as_user = 0", "Write another number.");
        foreach (var volume in runner.Tables("volumes.nfs").Take(1))
            yield return Refused(runner, "restricted", "volumes.nfs", "nfs volumes", "Use a pvc whose volume is nfs.") with { Line = volume.Line };
    }

    private static IEnumerable<string> Contexts() => KubernetesSection.Containers.Select(KubernetesSection.ContextOf).Prepend("pod_security_context");

    private static ConfigFinding Refused(KubernetesSection runner, string level, string key, string what, string remedy) =>
        Found(runner, CheckCodes.PodSecurityRefuses, key, CheckSeverity.Error, $"The namespace enforces the Pod Security level {level} or a stricter one, which refuses {what}.", remedy);
}
