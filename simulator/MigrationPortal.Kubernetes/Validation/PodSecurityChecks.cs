using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>The checks of the Pod Security Standards, in the order and words of the server. Windows fields, SELinux options and
/// hosts of probes are not looked at.</summary>
internal static class PodSecurityChecks
{
    private static readonly string[] SafeCapabilities =
    [
        "AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP",
        "SETUID", "SYS_CHROOT",
    ];

    private static readonly string[] SafeSysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range",
        "net.ipv4.ip_unprivileged_port_start", "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout",
        "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem",
    ];

    private static readonly string[] SafeVolumes =
        ["configMap", "csi", "downwardAPI", "emptyDir", "ephemeral", "persistentVolumeClaim", "projected", "secret", "image"];

    private static readonly string[] HostNamespaces = ["hostNetwork", "hostPID", "hostIPC"];

    public static IEnumerable<Func<JsonObject, string?>> Of(string level) => level == "baseline"
        ? [AppArmor, Capabilities, HostNamespace, HostPaths, HostPorts, Privileged, ProcMount, UnconfinedSeccomp, Sysctls]
        : [AppArmor, HostNamespace, HostPorts, Privileged, ProcMount, Sysctls, Escalation, NoCapabilities, Volumes, NonRoot, RootUser, Seccomp];

    private static string? AppArmor(JsonObject spec) => Setters(spec, context => context.Text("appArmorProfile", "type") == "Unconfined") is { } who
        ? $"forbidden AppArmor profile ({who} must not set AppArmor profile type to \"Unconfined\")"
        : null;

    private static string? Capabilities(JsonObject spec) => Adding(spec, SafeCapabilities) is { } detail ? $"non-default capabilities ({detail})" : null;

    private static string? HostNamespace(JsonObject spec) =>
        HostNamespaces.Where(name => spec.Flag(name) == true).Select(name => name + "=true").ToArray() is { Length: > 0 } set
            ? $"host namespaces ({string.Join(", ", set)})"
            : null;

    private static string? HostPaths(JsonObject spec) =>
        spec.Items("volumes").Where(one => one["hostPath"] is not null).Select(NameOf).ToArray() is { Length: > 0 } names
            ? $"hostPath volumes ({Plural("volume", names)})"
            : null;

    private static string? HostPorts(JsonObject spec)
    {
        var bad = Containers(spec).Where(one => PortsOf(one).Any()).ToArray();
        var ports = bad.SelectMany(PortsOf).Distinct().Order(StringComparer.Ordinal).ToArray();
        return bad.Length == 0 ? null
            : $"hostPort ({Plural("container", [.. bad.Select(NameOf)])} {(bad.Length == 1 ? "uses" : "use")} {(ports.Length == 1 ? "hostPort" : "hostPorts")} {string.Join(", ", ports)})";
    }

    private static string? Privileged(JsonObject spec) => Bad(spec, one => one.Map("securityContext").Flag("privileged") == true) is { } who
        ? $"privileged ({who} must not set securityContext.privileged=true)"
        : null;

    private static string? ProcMount(JsonObject spec) =>
        spec.Flag("hostUsers") != false && Bad(spec, one => one.Text("securityContext", "procMount") is { } mount and not "Default") is { } who
            ? $"procMount ({who} must not set securityContext.procMount to \"Unmasked\")"
            : null;

    private static string? UnconfinedSeccomp(JsonObject spec) => Setters(spec, context => context.Text("seccompProfile", "type") == "Unconfined") is { } who
        ? $"seccompProfile ({who} must not set securityContext.seccompProfile.type to \"Unconfined\")"
        : null;

    private static string? Sysctls(JsonObject spec) =>
        spec.Items("securityContext", "sysctls").Select(NameOf).Where(name => !SafeSysctls.Contains(name)).ToArray() is { Length: > 0 } names
            ? $"forbidden sysctls ({string.Join(", ", names)})"
            : null;

    private static string? Escalation(JsonObject spec) => Bad(spec, one => one.Map("securityContext").Flag("allowPrivilegeEscalation") != false) is { } who
        ? $"allowPrivilegeEscalation != false ({who} must set securityContext.allowPrivilegeEscalation=false)"
        : null;

    private static string? NoCapabilities(JsonObject spec)
    {
        var missing = Bad(spec, one => !one.Texts("securityContext", "capabilities", "drop").Contains("ALL")) is { } who
            ? $"{who} must set securityContext.capabilities.drop=[\"ALL\"]"
            : null;
        string[] details = [.. ((string?[])[missing, Adding(spec, ["NET_BIND_SERVICE"])]).OfType<string>()];
        return details.Length == 0 ? null : $"unrestricted capabilities ({string.Join("; ", details)})";
    }

    private static string? Volumes(JsonObject spec)
    {
        var bad = spec.Items("volumes").Where(one => !one.Any(field => SafeVolumes.Contains(field.Key))).ToArray();
        var types = bad.SelectMany(one => one.Select(field => field.Key).Where(name => name != "name")).Distinct().Order(StringComparer.Ordinal).ToArray();
        return bad.Length == 0 ? null
            : $"restricted volume types ({Plural("volume", [.. bad.Select(NameOf)])} {(bad.Length == 1 ? "uses" : "use")} restricted volume "
              + $"{(types.Length == 1 ? "type" : "types")} {Quoted(types)})";
    }

    private static string? NonRoot(JsonObject spec)
    {
        if (spec.Flag("hostUsers") == false)
        {
            return null;
        }

        if (Setters(spec, context => context.Flag("runAsNonRoot") == false) is { } setters)
        {
            return $"runAsNonRoot != true ({setters} must not set securityContext.runAsNonRoot=false)";
        }

        return spec.Map("securityContext").Flag("runAsNonRoot") != true && Bad(spec, one => one.Map("securityContext").Flag("runAsNonRoot") is null) is { } who
            ? $"runAsNonRoot != true (pod or {who} must set securityContext.runAsNonRoot=true)"
            : null;
    }

    private static string? RootUser(JsonObject spec) =>
        spec.Flag("hostUsers") != false && Setters(spec, context => context.Whole("runAsUser") == 0) is { } who ? $"runAsUser=0 ({who} must not set runAsUser=0)" : null;

    private static string? Seccomp(JsonObject spec)
    {
        if (Setters(spec, context => TypeOf(context) is { } type && !IsSafe(type)) is { } setters)
        {
            var types = Containers(spec).Append(spec).Select(one => TypeOf(one.Map("securityContext"))).OfType<string>().Where(type => !IsSafe(type));
            return $"seccompProfile ({setters} must not set securityContext.seccompProfile.type to {Quoted([.. types.Distinct().Order(StringComparer.Ordinal)])})";
        }

        return TypeOf(spec.Map("securityContext")) is null && Bad(spec, one => TypeOf(one.Map("securityContext")) is null) is { } who
            ? $"seccompProfile (pod or {who} must set securityContext.seccompProfile.type to \"RuntimeDefault\" or \"Localhost\")"
            : null;
    }

    private static string? TypeOf(JsonObject? context) => context.Text("seccompProfile", "type");

    private static bool IsSafe(string seccomp) => seccomp is "RuntimeDefault" or "Localhost";

    private static string? Adding(JsonObject spec, string[] allowed)
    {
        IEnumerable<string> Added(JsonObject one) => one.Texts("securityContext", "capabilities", "add").Where(name => !allowed.Contains(name));
        return Bad(spec, one => Added(one).Any()) is { } who
            ? $"{who} must not include {Quoted([.. Containers(spec).SelectMany(Added).Distinct().Order(StringComparer.Ordinal)])} in securityContext.capabilities.add"
            : null;
    }

    // Such as: pod and container "build"
    private static string? Setters(JsonObject spec, Func<JsonObject, bool> bad)
    {
        string?[] who =
        [
            spec.Map("securityContext") is { } context && bad(context) ? "pod" : null,
            Bad(spec, one => one.Map("securityContext") is { } own && bad(own)),
        ];
        return who.Any(one => one is not null) ? string.Join(" and ", who.OfType<string>()) : null;
    }

    private static string? Bad(JsonObject spec, Func<JsonObject, bool> bad) =>
        Containers(spec).Where(bad).Select(NameOf).ToArray() is { Length: > 0 } names ? Plural("container", names) : null;

    private static IEnumerable<JsonObject> Containers(JsonObject spec) => PodDefaults.Containers(spec).Concat(spec.Items("ephemeralContainers"));

    private static IEnumerable<string> PortsOf(JsonObject container) =>
        container.Items("ports").Select(port => port.Whole("hostPort") ?? 0).Where(port => port != 0).Select(port => port.ToString(provider: null));

    private static string NameOf(JsonObject one) => one.Text("name") ?? "";

    private static string Plural(string noun, string[] names) => $"{noun}{(names.Length == 1 ? "" : "s")} {Quoted(names)}";

    private static string Quoted(string[] names) => string.Join(", ", names.Select(name => $"\"{name}\""));
}
