using System.Text.Json;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Docker's <c>security_opt</c>: <c>name=value</c>, or with the old colon (moby, <c>daemon_unix.go</c>).</summary>
internal static class SecurityOptions
{
    public static Mapped OfJobs(KeyUse use, Draft draft) => Of(use, draft, ["build_container_security_context", "helper_container_security_context"]);

    public static Mapped OfServices(KeyUse use, Draft draft) => Of(use, draft, ["service_container_security_context"]);

    private static Mapped Of(KeyUse use, Draft draft, IReadOnlyList<string> contexts) =>
        use.IsBlank() ? Mapped.Default : Mapped.Of([.. use.Texts().Select(option => Part(option.Trim(), draft, contexts))]);

    private static ConvertedPart Part(string option, Draft draft, IReadOnlyList<string> contexts)
    {
        var cut = option.IndexOf('=', StringComparison.Ordinal) is >= 0 and var equals ? equals : option.IndexOf(':', StringComparison.Ordinal);
        var (name, value) = cut < 0 ? (option, "") : (option[..cut], option[(cut + 1)..]);
        var shown = value.StartsWith('{') ? $"{name}={{...}}" : option;

        ConvertedPart Written(string key, ConfigNode node, string remedy)
        {
            var written = contexts.Count(context => draft.Put($"kubernetes.{context}.{key}", node.Copy()));
            return written > 0 ? new(shown, KeyMapping.Approximate, $"kubernetes.{contexts[0]}.{key}", remedy)
                : new(shown, KeyMapping.Impossible, "", draft.Knows($"kubernetes.{contexts[0]}.{key}") ? "Another option said it already." : $"{remedy} Needs a newer runner.");
        }

        ConvertedPart Profile(string kind, string type, string? file, string remedy)
        {
            var part = Written($"{kind}.type", new ConfigScalar(type), remedy);
            if (file is not null && part.Target.Length > 0)
                foreach (var context in contexts) draft.Put($"kubernetes.{context}.{kind}.localhost_profile", file);
            return part;
        }

        return (name, value) switch
        {
            ("no-new-privileges", "" or "true" or "1") => Written("allow_privilege_escalation", new ConfigScalar(false), "sudo and other setuid programs stop working, as on docker."),
            ("no-new-privileges", _) => new(shown, KeyMapping.Direct, "", ""),
            ("seccomp", "unconfined") => Profile("seccomp_profile", "Unconfined", null, "Refused by Pod Security levels baseline and restricted."),
            ("seccomp", "builtin") => Profile("seccomp_profile", "RuntimeDefault", null, "The container runtime's own profile."),
            ("seccomp", _) when value.StartsWith('{') => new(shown, KeyMapping.Impossible, "", "A profile within the configuration: put it as a file into /var/lib/kubelet/seccomp of every node and name that as seccomp_profile Localhost."),
            ("seccomp", { Length: > 0 }) => Profile("seccomp_profile", "Localhost", $"profiles/{FileOf(value)}", $"The file must lie on every node as /var/lib/kubelet/seccomp/profiles/{FileOf(value)}."),
            ("apparmor", "unconfined") => Profile("app_armor_profile", "Unconfined", null, "Refused by Pod Security levels baseline and restricted; needs Kubernetes 1.30."),
            ("apparmor", "docker-default" or "runtime/default") => Profile("app_armor_profile", "RuntimeDefault", null, "The container runtime's own profile; needs Kubernetes 1.30."),
            ("apparmor", { Length: > 0 }) => Profile("app_armor_profile", "Localhost", value, "The profile must be loaded on every node; needs Kubernetes 1.30."),
            ("disable", "") or ("label", "disable") => Written("selinux_type", new ConfigScalar("spc_t"), "Turns SELinux confinement off; the Pod Security level must allow it."),
            ("label", _) when value.StartsWith("type:", StringComparison.Ordinal) => Written("selinux_type", new ConfigScalar(value[5..]), "The type must be known on the nodes."),
            ("label", _) when Selinux(value) is var (key, label) => Patched(shown, key, label, draft),
            ("systempaths", "unconfined") => Written("proc_mount", new ConfigScalar("Unmasked"), "Needs a user namespace for the pod (hostUsers: false)."),
            _ => new(shown, KeyMapping.Impossible, "", "Nothing of Kubernetes corresponds: dropped."),
        };
    }

    private static ConvertedPart Patched(string shown, string key, string label, Draft draft) =>
        draft.Patches.Add($"selinux-{key}", $"securityContext:\n  seLinuxOptions:\n    {key}: {JsonSerializer.Serialize(label)}\n")
            ? new(shown, KeyMapping.Approximate, "kubernetes.pod_spec", $"Holds for the whole pod. {PodPatches.Caution}")
            : new(shown, KeyMapping.Impossible, "", "Needs pod_spec (runner 15.10 or newer).");

    private static (string Key, string Label)? Selinux(string value) => value.IndexOf(':', StringComparison.Ordinal) is > 0 and var cut && value[..cut] is "level" or "user" or "role" ? (value[..value.IndexOf(':', StringComparison.Ordinal)], value[(value.IndexOf(':', StringComparison.Ordinal) + 1)..]) : null;

    private static string FileOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
