namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Whether the namespace's Pod Security level admits such pods, with what their patches make of them (Kubernetes, Pod Security Standards).</summary>
public sealed class PodSecurityCheck : KubernetesCheck
{
    private static readonly HashSet<string> BaselineCapabilities = new(["AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"], StringComparer.OrdinalIgnoreCase);

    private const string Baselines = "baseline";
    private const string Strictest = "restricted";
    private static readonly string[] Host = ["hostNetwork", "hostPID", "hostIPC"];
    private static readonly string[] RestrictedVolumes = ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret", "image"];
    private static readonly HashSet<string> SafeSysctls = ["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes"];
    private static readonly string[] BaselineSelinux = ["", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"];

    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        if (config.Namespace?.PodSecurity is not (PodSecurityLevel.Baseline or PodSecurityLevel.Restricted) || runner.IsWindows) yield break;
        var level = config.Namespace.PodSecurity.Value;
        var patched = new PatchedPod(runner);
        foreach (var found in Baseline(runner, patched)) yield return found;
        foreach (var found in Patched(runner, patched, level)) yield return found;
        if (level != PodSecurityLevel.Restricted) yield break;
        foreach (var container in KubernetesSection.Containers)
            foreach (var found in Restricted(runner, patched, container)) yield return found;
        foreach (var found in RestrictedPod(runner, patched)) yield return found;
    }

    private static IEnumerable<ConfigFinding> Baseline(KubernetesSection runner, PatchedPod patched)
    {
        foreach (var container in KubernetesSection.Containers)
        {
            var context = KubernetesSection.ContextOf(container);
            if (patched.Last(container, "securityContext.privileged") is null && (runner.Flag($"{context}.privileged") ?? runner.Flag("privileged")) is true)
                yield return Refused(runner, Baselines, runner.Find($"{context}.privileged") is null ? "privileged" : $"{context}.privileged", "privileged containers", "Run such jobs in a namespace of their own that enforces privileged.");
            foreach (var capability in (Capabilities.Of(runner, container).Add ?? []).Where(one => !BaselineCapabilities.Contains(one)))
                yield return Refused(runner, Baselines, runner.Texts($"{context}.capabilities.add") is null ? "cap_add" : $"{context}.capabilities.add", $"the added capability {capability}",
                    capability.Equals(Capabilities.DroppedByDefault, StringComparison.OrdinalIgnoreCase) ? "For ping, set the sysctl net.ipv4.ping_group_range with a patch in [[runners.kubernetes.pod_spec]]: baseline admits it." : "Take it out.");
            if (runner.Text($"{context}.proc_mount")?.Trim().Equals("unmasked", StringComparison.OrdinalIgnoreCase) == true) yield return Refused(runner, Baselines, $"{context}.proc_mount", "an unmasked /proc", "Take it out.");
        }

        foreach (var context in Contexts())
        {
            foreach (var profile in new[] { "seccomp_profile.type", "app_armor_profile.type" })
                if (runner.Text($"{context}.{profile}") == "Unconfined") yield return Refused(runner, Baselines, $"{context}.{profile}", "unconfined profiles", "Write RuntimeDefault.");
            if (runner.Text($"{context}.selinux_type") is { } type && !BaselineSelinux.Contains(type)) yield return Refused(runner, Baselines, $"{context}.selinux_type", "this SELinux type", "Take it out, or write container_t.");
        }

        foreach (var volume in runner.Tables("volumes.host_path").Take(1))
            yield return Refused(runner, Baselines, "volumes.host_path", "volumes of the node", "Use an empty_dir or a pvc.") with { Line = volume.Line };
    }

    private static IEnumerable<ConfigFinding> Restricted(KubernetesSection runner, PatchedPod patched, string container)
    {
        var context = KubernetesSection.ContextOf(container);
        var capabilities = Capabilities.Of(runner, container);
        var word = container.Replace('_', '-');
        if (capabilities.Drop?.Contains("ALL", StringComparer.OrdinalIgnoreCase) != true && !patched.Container(container).Any(one => one.Field.StartsWith("securityContext.capabilities.drop[", StringComparison.Ordinal) && one.Value == "ALL"))
            yield return Refused(runner, Strictest, $"{context}.capabilities.drop", $"the {word} container without drop = [\"ALL\"]", $"Write drop = [\"ALL\"] in [runners.kubernetes.{context}.capabilities], or cap_drop = [\"ALL\"].");
        foreach (var capability in (capabilities.Add ?? []).Where(one => BaselineCapabilities.Contains(one) && !one.Equals("NET_BIND_SERVICE", StringComparison.OrdinalIgnoreCase)))
            yield return Refused(runner, Strictest, runner.Texts($"{context}.capabilities.add") is null ? "cap_add" : $"{context}.capabilities.add", $"the added capability {capability}", "Take it out.");
        if (!Is(patched.Last(container, "securityContext.allowPrivilegeEscalation"), false) && (runner.Flag($"{context}.allow_privilege_escalation") ?? runner.Flag("allow_privilege_escalation")) is not false)
            yield return Refused(runner, Strictest, runner.Find($"{context}.allow_privilege_escalation") is null ? "allow_privilege_escalation" : $"{context}.allow_privilege_escalation", $"the {word} container that may gain rights", "Set allow_privilege_escalation = false in [runners.kubernetes].");
        if ((Truth(patched.Last(container, "securityContext.runAsNonRoot")) ?? runner.Flag($"{context}.run_as_non_root") ?? Truth(patched.Last("securityContext.runAsNonRoot")) ?? runner.Flag("pod_security_context.run_as_non_root")) is not true)
            yield return Refused(runner, Strictest, runner.Find($"{context}.run_as_non_root") is null ? "pod_security_context.run_as_non_root" : $"{context}.run_as_non_root", $"the {word} container without run_as_non_root", "Set run_as_non_root = true in [runners.kubernetes.pod_security_context].");
        if (runner.Whole($"{context}.run_as_user") is 0) yield return Refused(runner, Strictest, $"{context}.run_as_user", "run_as_user = 0", "Write another number.");
        if ((patched.Last(container, "securityContext.seccompProfile.type") ?? runner.Text($"{context}.seccomp_profile.type") ?? patched.Last("securityContext.seccompProfile.type") ?? runner.Text("pod_security_context.seccomp_profile.type")) is not ("RuntimeDefault" or "Localhost" or "Unconfined"))
            yield return Refused(runner, Strictest, $"{(runner.Find($"{context}.seccomp_profile") is null ? "pod_security_context" : context)}.seccomp_profile.type", $"the {word} container without a seccomp profile", "Set type = \"RuntimeDefault\" in [runners.kubernetes.pod_security_context.seccomp_profile] (18.11 or newer), or with a patch in [[runners.kubernetes.pod_spec]].");
    }

    private static IEnumerable<ConfigFinding> RestrictedPod(KubernetesSection runner, PatchedPod patched)
    {
        if (patched.Last("securityContext.runAsUser") is null && runner.Whole("pod_security_context.run_as_user") is 0) yield return Refused(runner, Strictest, "pod_security_context.run_as_user", "run_as_user = 0", "Write another number.");
        foreach (var volume in runner.Tables("volumes.nfs").Take(1))
            yield return Refused(runner, Strictest, "volumes.nfs", "nfs volumes", "Use a pvc whose volume is nfs.") with { Line = volume.Line };
    }

    // A patch that takes a danger away was looked at above, one that brings it here.
    private static IEnumerable<ConfigFinding> Patched(KubernetesSection runner, PatchedPod patched, PodSecurityLevel level)
    {
        ConfigFinding Of(string word, string what) => Refused(runner, word, "pod_spec", what, "Take it out of the patch, or run such jobs in a namespace of their own that enforces privileged.");
        foreach (var (field, value) in patched.Pod)
            if (Host.Contains(field) && Is(value, true)) yield return Of(Baselines, $"{field}: true of a patch");
            else if (field.StartsWith("volumes[", StringComparison.Ordinal) && field.Contains("].hostPath", StringComparison.Ordinal) && value is not null) yield return Of(Baselines, "a hostPath volume of a patch");
            else if (level == PodSecurityLevel.Restricted && field.StartsWith("volumes[", StringComparison.Ordinal) && field.IndexOf("].", StringComparison.Ordinal) is > 0 and var end && field[(end + 2)..].Split('.', '[')[0] is var kind && kind != "name" && kind != "hostPath" && value is not null && !RestrictedVolumes.Contains(kind)) yield return Of(Strictest, $"a volume of the kind {kind} of a patch");
            else if (field is "securityContext.seccompProfile.type" or "securityContext.appArmorProfile.type" && value == "Unconfined") yield return Of(Baselines, "an unconfined profile of a patch");
            else if (field.StartsWith("securityContext.sysctls[", StringComparison.Ordinal) && field.EndsWith(".name", StringComparison.Ordinal) && value is { } name && !SafeSysctls.Contains(name)) yield return Of(Baselines, $"the sysctl {name} of a patch");
            else if (level == PodSecurityLevel.Restricted && field == "securityContext.runAsUser" && value == "0") yield return Of(Strictest, "runAsUser: 0 of a patch");
        foreach (var container in KubernetesSection.Containers)
            foreach (var (field, value) in patched.Container(container))
                if (Word(container, field, value, level) is var (word, what)) yield return Of(word, what);
    }

    private static (string Level, string What)? Word(string container, string field, string? value, PodSecurityLevel level)
    {
        var word = container.Replace('_', '-');
        if (field == "securityContext.privileged" && Is(value, true)) return (Baselines, $"the privileged {word} container of a patch");
        if (field.StartsWith("ports[", StringComparison.Ordinal) && field.EndsWith(".hostPort", StringComparison.Ordinal) && value is not (null or "0")) return (Baselines, $"a hostPort of the {word} container of a patch");
        if (field.StartsWith("securityContext.capabilities.add[", StringComparison.Ordinal) && value is { } added && !(level == PodSecurityLevel.Restricted ? added == "NET_BIND_SERVICE" : BaselineCapabilities.Contains(added))) return (BaselineCapabilities.Contains(added) ? Strictest : Baselines, $"the capability {added} that a patch adds to the {word} container");
        if (field == "securityContext.procMount" && value?.Equals("Unmasked", StringComparison.OrdinalIgnoreCase) == true) return (Baselines, "an unmasked /proc of a patch");
        if (field is "securityContext.seccompProfile.type" or "securityContext.appArmorProfile.type" && value == "Unconfined") return (Baselines, $"an unconfined profile of the {word} container of a patch");
        if (level != PodSecurityLevel.Restricted) return null;
        if (field == "securityContext.allowPrivilegeEscalation" && Is(value, true)) return (Strictest, $"the {word} container that may gain rights by a patch");
        return field == "securityContext.runAsUser" && value == "0" ? (Strictest, $"runAsUser: 0 of the {word} container of a patch") : null;
    }

    private static bool Is(string? value, bool wanted) => Truth(value) == wanted;

    private static bool? Truth(string? value) => bool.TryParse(value, out var flag) ? flag : null;

    private static IEnumerable<string> Contexts() => KubernetesSection.Containers.Select(KubernetesSection.ContextOf).Prepend("pod_security_context");

    private static ConfigFinding Refused(KubernetesSection runner, string level, string key, string what, string remedy) =>
        Found(runner, CheckCodes.PodSecurityRefuses, key, CheckSeverity.Error, $"The namespace enforces the Pod Security level {level} or a stricter one, which refuses {what}.", remedy);
}
