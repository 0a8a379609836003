using System.Globalization;
using System.Text.Json;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Options of docker machine's drivers, <c>driver-option=value</c>, as rows of a worksheet for the node pool. Their secrets are not shown.</summary>
internal static class MachineOptions
{
    public static Mapped Rule(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        return Mapped.OfMany([.. use.Texts().Select(text => Part(text, draft))]);
    }

    private static ConvertedPart Part(string text, Draft draft)
    {
        var cut = text.IndexOf('=', StringComparison.Ordinal);
        var (option, value) = cut < 0 ? (text.TrimStart('-'), "true") : (text[..cut].TrimStart('-'), text[(cut + 1)..]);
        if (SecretSigns.IsSecretName(option) || SecretSigns.HoldsSecret(value) || option.EndsWith("access-key", StringComparison.Ordinal))
            return new($"{option}={SecretSigns.Mark}", KeyMapping.Impossible, "", "A credential of the old manager: not shown and not needed. Revoke it when the machines are gone.");
        var row = Row(option, value, draft);
        if (row is null) return new($"{option}={value}", KeyMapping.Impossible, "", "Belongs to machines: nothing of a node pool corresponds.");
        draft.Worksheet.Add(row);
        return new($"{option}={value}", KeyMapping.Approximate, "", $"{row.Proposal} See the worksheet.");
    }

    private static WorksheetRow? Row(string option, string value, Draft draft)
    {
        WorksheetRow Of(string topic, string proposal, string? toml = null) => new(draft.Name, topic, option, value, proposal, toml);

        var kind = option[(option.IndexOf('-', StringComparison.Ordinal) + 1)..];
        var driver = option.Length > kind.Length ? option[..(option.Length - kind.Length - 1)] : "";
        return (driver, kind) switch
        {
            (_, "instance-type" or "machine-type" or "size" or "flavor-name" or "flavor-id") => Size(value, Of),
            ("vmwarevsphere" or "vmwarevcloudair" or "vmwarefusion", "cpu-count" or "memory-size") => Of("size", kind == "cpu-count" ? $"Nodes of {value} CPUs: about {Share(value)} for a job that had the machine to itself." : $"Nodes of {value} MB: leave a tenth to the node itself."),
            (_, "zone" or "availability-zone") => Of("zone", "A node pool in this zone, or an affinity to it where data lives there.", Selector("topology.kubernetes.io/zone", ZoneOf(driver, value, draft))),
            (_, "region" or "location") => Of("zone", "A cluster or node pool in this region."),
            (_, "request-spot-instance" or "preemptible") when value != "false" => Of("spot", "A pool of spot nodes with a taint of its own: let jobs onto it, and keep long or deploying jobs off it.", Spot(driver)),
            (_, "spot-price" or "block-duration-minutes") => Of("spot", "Prices of spot nodes are set at the node pool."),
            (_, "root-size" or "disk-size") => Of("disk", $"Nodes with as large a disk for each job that runs at once: bound a job's share, or it can fill the node for all.", Disk(driver, value)),
            (_, "volume-type" or "disk-type" or "storage-type" or "device-name" or "use-ebs-optimized-instance") => Of("disk", "The disk of the node pool: slow disks make images slow to unpack."),
            (_, "accelerator") => Of("gpu", "A node pool with this GPU and its device plugin; jobs ask for nvidia.com/gpu by a pod_spec patch.", "node_tolerations = { \"nvidia.com/gpu\" = \"NoSchedule\" }"),
            (_, "iam-instance-profile" or "service-account" or "scopes") => Of("identity", "What jobs could do by the machine's identity: give it to the job pods' service account (workload identity) instead, and block the metadata address.", "service_account = \"ci-jobs\""),
            (_, "security-group" or "security-group-readonly" or "sec-groups" or "open-port" or "firewall" or "tags") when kind != "tags" => Of("network", "A NetworkPolicy of the job namespace says what jobs reach."),
            (_, "vpc-id" or "subnet-id" or "network" or "subnetwork" or "subnet" or "subnet-prefix" or "vnet" or "net-id" or "net-name" or "private-address-only" or "use-private-address" or "use-internal-ip" or "use-internal-ip-only" or "no-public-ip" or "use-private-ip" or "floatingip-pool" or "ipv6" or "private-networking" or "dns") => Of("network", "The network of the nodes: jobs reach what the nodes reach, so place the pool in it."),
            (_, "tags" or "metadata" or "label" or "labels") => Of("labels", "Labels of the node pool, for costs; labels of pods are pod_labels."),
            (_, "ami" or "machine-image" or "image" or "image-id" or "image-name" or "userdata" or "user-data-file" or "custom-data" or "cloudinit" or "metadata-from-file" or "boot2docker-url" or "min-cpu-platform") => Of("image", "What the machines' image or start script did: prepare nodes by the pool's image or a DaemonSet, and job images for the rest."),
            (_, "ssh-user" or "ssh-port" or "ssh-keypath" or "ssh-key-path" or "ssh-key-fingerprint" or "keypair-name" or "username" or "private-key-file" or "retries" or "endpoint" or "insecure-transport" or "monitoring" or "backups" or "maintenance-policy" or "active-timeout") => null,
            ("engine", "registry-mirror") => Of("registry", "Configure the mirror in the nodes' containerd, and as the command --registry-mirror of docker-in-docker services."),
            ("engine", "insecure-registry") => Of("registry", "Configure the registry in the nodes' containerd; jobs with docker-in-docker name it as --insecure-registry."),
            ("engine", "env") => Of("network", "Environment of the docker engine, often a proxy: configure the nodes' containerd, and environment of the runner."),
            ("engine", "install-url" or "storage-driver" or "opt" or "label") => null,
            (_, "project" or "resource-group" or "subscription-id" or "tenant-id" or "tenant-name" or "vcenter" or "datacenter" or "folder" or "pool" or "hostsystem" or "datastore" or "auth-url" or "domain-name" or "domain-id") => Of("place", "Where the machines were: a cluster or node pool there."),
            _ => null,
        };
    }

    private static WorksheetRow Size(string value, Func<string, string, string?, WorksheetRow> of)
    {
        if (MachineSize.Of(value) is not { } size) return of("size", $"Nodes like {value}. A job had the machine to itself: size requests and limits by what jobs really use.", null);
        // The kubelet and the system keep about a tenth.
        var (cpu, memory) = (CpuCount.Quantity((long)(size.Cpus * 900)), $"{(long)(size.MemoryGib * 0.9 * 1024)}Mi");
        return of("size", $"{size.Cpus:0.##} CPUs and {size.MemoryGib:0.##} GiB, all of it for one job. Nodes of this size hold one such job; larger nodes hold several. These are upper bounds: better, take what jobs really used.", $"cpu_limit = {JsonSerializer.Serialize(cpu)}\nmemory_limit = {JsonSerializer.Serialize(memory)}");
    }

    private static string Share(string count) => double.TryParse(count, NumberStyles.Float, CultureInfo.InvariantCulture, out var cpus) ? $"{cpus * 0.9:0.#} CPUs" : "nine tenths";

    private static string Selector(string label, string value) => $"node_selector = {{ \"{label}\" = {JsonSerializer.Serialize(value)} }}";

    // EC2 names the zone by its letter, the region by another option.
    private static string ZoneOf(string driver, string zone, Draft draft)
    {
        if (driver != "amazonec2" || zone.Length > 1) return zone;
        var region = draft.Source.Table("machine")?.Texts("MachineOptions")?.FirstOrDefault(option => option.StartsWith("amazonec2-region=", StringComparison.Ordinal));
        return $"{region?[(region.IndexOf('=', StringComparison.Ordinal) + 1)..] ?? "us-east-1"}{zone}";
    }

    private static string Spot(string driver) => driver switch
    {
        "google" => "node_tolerations = { \"cloud.google.com/gke-spot=true\" = \"NoSchedule\" }\nnode_selector = { \"cloud.google.com/gke-spot\" = \"true\" }",
        "azure" => "node_tolerations = { \"kubernetes.azure.com/scalesetpriority=spot\" = \"NoSchedule\" }\nnode_selector = { \"kubernetes.azure.com/scalesetpriority\" = \"spot\" }",
        "amazonec2" => "node_tolerations = { \"spot=true\" = \"NoSchedule\" }\nnode_selector = { \"eks.amazonaws.com/capacityType\" = \"SPOT\" }",
        _ => "node_tolerations = { \"spot=true\" = \"NoSchedule\" }\nnode_selector = { \"spot\" = \"true\" }",
    };

    private static string? Disk(string driver, string value) => long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
        ? $"ephemeral_storage_limit = \"{size}{(driver == "vmwarevsphere" ? "Mi" : "Gi")}\""
        : null;
}
