using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>The docker daemon, devices and what else of the host.</summary>
internal static partial class HostRules
{
    private const string Docker = KeyRules.Runner + "docker.";

    private const string NoDaemon = "The connection to a docker daemon, and pods have none: dropped.";

    private const string Devices = "No key gives devices: use a device plugin and its resource in a pod_spec patch (as for GPUs), or a privileged runner on nodes that have the device.";

    /// <summary>Sysctls that every kubelet takes (Kubernetes, "Using sysctls in a cluster").</summary>
    private static readonly string[] SafeSysctls =
    [
        "kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_unprivileged_port_start",
        "net.ipv4.ip_local_reserved_ports", "net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl", "net.ipv4.tcp_keepalive_probes",
    ];

    public static IReadOnlyDictionary<string, KeyRule> All { get; } = new Dictionary<string, KeyRule>
    {
        [Docker + "host"] = ResourceRules.Never(NoDaemon),
        [Docker + "tls_cert_path"] = ResourceRules.Never(NoDaemon),
        [Docker + "tls_verify"] = ResourceRules.Never(NoDaemon),
        [Docker + "devices"] = ResourceRules.Never(Devices),
        [Docker + "device_cgroup_rules"] = ResourceRules.Never(Devices),
        [Docker + "services_devices"] = ResourceRules.Never(Devices),
        [Docker + "gpus"] = Gpus,
        [Docker + "service_gpus"] = ServiceGpus,
        [Docker + "runtime"] = Runtime,
        [Docker + "isolation"] = (use, _) => use.IsBlank() || use.Text() == "default" ? Mapped.Default : Mapped.Impossible("Isolation of Windows containers: keep such jobs on their Windows runner."),
        [Docker + "sysctls"] = Sysctls,
        [Docker + "ulimit"] = ResourceRules.Never("No key sets limits of processes: they come from the container runtime of the node. Lower ones can be set in the script (ulimit)."),
        [Docker + "container_labels"] = Labels,
        [Docker + "log_options"] = ResourceRules.Never("Options of docker's log driver: dropped. The nodes' log collector reads the pods' labels."),
    };

    private static Mapped Gpus(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var (count, told) = GpuCount(use.Text());
        return draft.Patches.Add("gpu", $"containers:\n- name: build\n  resources:\n    limits:\n      nvidia.com/gpu: {count}\n")
            ? Mapped.Approximate($"{told} The nodes need the device plugin, and the runner a node_selector and tolerations that lead there. {PodPatches.Caution}")
            : Mapped.Impossible("Needs pod_spec (runner 15.10 or newer).");
    }

    private static Mapped ServiceGpus(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var names = draft.Docker.Tables("services").Select(service => service.Text("alias")?.Split(' ', ',')[0] ?? "").Where(DnsLabel.IsLabel).Distinct().ToList();
        if (names.Count == 0) return Mapped.Impossible("A patch must name the service's container, and those of jobs are not known beforehand: give the service an alias in this configuration, or the GPU to the job's container.");
        var (count, told) = GpuCount(use.Text());
        var patch = new StringBuilder("containers:\n");
        foreach (var name in names) patch.Append(CultureInfo.InvariantCulture, $"- name: {JsonSerializer.Serialize(name)}\n  resources:\n    limits:\n      nvidia.com/gpu: {count}\n");
        return draft.Patches.Add("service-gpu", patch.ToString())
            ? Mapped.Approximate($"For the services {string.Join(", ", names)} of this configuration only. {told} {PodPatches.Caution}")
            : Mapped.Impossible("Needs pod_spec (runner 15.10 or newer).");
    }

    // docker/cli opts/gpus.go: "all", a number, or comma-separated fields with count= and device=.
    private static (int Count, string Told) GpuCount(string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var plain) && plain > 0) return (plain, $"{plain} of nvidia.com/gpu.");
        if (Count().Match(text) is { Success: true } count && int.TryParse(count.Groups[1].ValueSpan, CultureInfo.InvariantCulture, out var named) && named > 0) return (named, $"{named} of nvidia.com/gpu.");
        if (DeviceList().Match(text) is { Success: true } devices && devices.Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries).Length is > 0 and var several) return (several, $"Which devices cannot be said, only how many: {several}.");
        return (1, "\"all\" cannot be said, as a GPU belongs to one pod: written as 1, change the number to what a job needs.");
    }

    private static Mapped Runtime(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var name = use.Text() switch
        {
            "runc" or "crun" or "io.containerd.runc.v2" => "",
            "runsc" => "gvisor",
            "sysbox-runc" => "sysbox-runc",
            "kata-runtime" or "kata" => "kata",
            var other => DnsLabel.IsSubdomain(other.ToLowerInvariant()) ? other.ToLowerInvariant() : DnsLabel.Of(other, "runtime"),
        };
        if (name.Length == 0) return Mapped.Direct("The usual runtime: nothing to write.");
        draft.Put("kubernetes.runtime_class_name", name);
        return Mapped.Approximate($"A RuntimeClass of the name {name} must exist in the cluster, or no pod starts.");
    }

    private static Mapped Sysctls(KeyUse use, Draft draft)
    {
        var parts = new List<ConvertedPart>();
        var safe = new List<(string Name, string Value)>();
        foreach (var (name, value) in use.Pairs())
        {
            if (SafeSysctls.Contains(name))
            {
                safe.Add((name, value));
                parts.Add(new(name, KeyMapping.Approximate, "kubernetes.pod_spec", $"For the whole pod. {PodPatches.Caution}"));
            }
            else parts.Add(new(name, KeyMapping.Impossible, "", name.StartsWith("net.", StringComparison.Ordinal) || name.StartsWith("kernel.shm", StringComparison.Ordinal) || name.StartsWith("kernel.msg", StringComparison.Ordinal) || name == "kernel.sem" || name.StartsWith("fs.mqueue.", StringComparison.Ordinal)
                ? "Not written, as kubelets refuse such pods: allow it on the nodes (kubelet --allowed-unsafe-sysctls), then add it to a pod_spec patch under securityContext.sysctls."
                : "Belongs to the whole node: set it there, for example with a DaemonSet."));
        }

        if (safe.Count == 0) return Mapped.Of(parts);
        var patch = new StringBuilder("securityContext:\n  sysctls:\n");
        foreach (var (name, value) in safe) patch.Append(CultureInfo.InvariantCulture, $"  - name: {JsonSerializer.Serialize(name)}\n    value: {JsonSerializer.Serialize(value)}\n");
        if (!draft.Patches.Add("sysctls", patch.ToString())) parts = [.. parts.Select(part => part.Target.Length > 0 ? part with { Mapping = KeyMapping.Impossible, Target = "", Remedy = "Needs pod_spec (runner 15.10 or newer)." } : part)];
        return Mapped.Of(parts);
    }

    private static Mapped Labels(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var labels = new ConfigTable();
        var parts = new List<ConvertedPart>();
        foreach (var (name, value) in use.Pairs())
        {
            var (key, text) = (PodLabel.Key(name), PodLabel.Value(value));
            if (key is null || PodLabel.IsReserved(key)) parts.Add(new(name, KeyMapping.Impossible, "", "Kept by the runner for itself, or no label of Kubernetes: left out."));
            else
            {
                labels.TryAdd(key, new ConfigScalar(text));
                parts.Add(key == name && text == value ? new(name, KeyMapping.Approximate, "kubernetes.pod_labels", "On the pod instead of each container.")
                    : new(name, KeyMapping.Approximate, "kubernetes.pod_labels", $"Written as {key} = \"{text}\": labels have at most 63 letters, digits and -_."));
            }
        }

        if (!labels.IsEmpty) draft.Put("kubernetes.pod_labels", labels);
        return Mapped.Of(parts);
    }

    [GeneratedRegex(@"count=(\d+)")]
    private static partial Regex Count();

    [GeneratedRegex(@"""?device=([^""]+)""?")]
    private static partial Regex DeviceList();
}
