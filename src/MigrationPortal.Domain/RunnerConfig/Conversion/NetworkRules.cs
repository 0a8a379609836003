using System.Net;
using System.Text.Json;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Names, addresses and networks.</summary>
internal static class NetworkRules
{
    private const string Docker = KeyRules.Runner + "docker.";

    /// <summary>Kubernetes takes three (PodDNSConfig).</summary>
    private const int MostNameservers = 3;

    public static IReadOnlyDictionary<string, KeyRule> All { get; } = new Dictionary<string, KeyRule>
    {
        [Docker + "extra_hosts"] = ExtraHosts,
        [Docker + "dns"] = Dns,
        [Docker + "dns_search"] = DnsSearch,
        [Docker + "network_mode"] = NetworkMode,
        [Docker + "network_mtu"] = ResourceRules.Never("The cluster's network sets the MTU. Docker-in-docker needs it told: the service's command [\"--mtu=1400\"], below the pod network's."),
        [Docker + "enable_ipv6"] = ResourceRules.Never("Whether pods have IPv6 is up to the cluster's network (dual-stack): nothing to write."),
        [Docker + "hostname"] = Hostname,
        [Docker + "mac_address"] = ResourceRules.Never("Pods have no fixed MAC address: dropped. Licences that are bound to one need another way."),
        [Docker + "links"] = ResourceRules.Never("Containers outside of the job's pod are not reachable by name: name a Service of the cluster, or run it as a service with an alias."),
        [Docker + "pid_mode"] = PidMode,
        [Docker + "ipcmode"] = IpcMode,
    };

    private static Mapped ExtraHosts(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var parts = new List<ConvertedPart>();
        var byIp = new List<(string Ip, List<string> Names)>();
        foreach (var text in use.Texts())
        {
            var host = ExtraHost.Read(text);
            var name = host?.Name.TrimEnd('.').ToLowerInvariant() ?? "";
            if (host is { IsGateway: true }) parts.Add(new(text, KeyMapping.Impossible, "", "host-gateway was the docker host, and a node is none of the job's business: name an address or a Service that pods reach."));
            else if (host?.Ip is not { } ip) parts.Add(new(text, KeyMapping.Impossible, "", "Is not name:address: left out."));
            else if (!DnsLabel.IsSubdomain(name)) parts.Add(new(text, KeyMapping.Impossible, "", $"Kubernetes refuses the name {host.Name} (RFC 1123: letters, digits, dashes and dots): left out, rename the host."));
            else
            {
                var there = byIp.FindIndex(one => one.Ip == ip);
                if (there < 0) byIp.Add((ip, [name]));
                else if (!byIp[there].Names.Contains(name)) byIp[there].Names.Add(name);
                var loopback = IPAddress.IsLoopback(IPAddress.Parse(ip));
                parts.Add(loopback ? new(text, KeyMapping.Approximate, "kubernetes.host_aliases", "The pod itself, no longer the docker host.") : new(text, KeyMapping.Direct, "kubernetes.host_aliases", ""));
            }
        }

        foreach (var (ip, names) in byIp)
        {
            var alias = new ConfigTable();
            alias.Set("ip", new ConfigScalar(ip));
            alias.Set("hostnames", ConfigList.Of(names));
            draft.Append("kubernetes.host_aliases", alias);
        }

        return Mapped.Of(parts);
    }

    private static Mapped Dns(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var parts = new List<ConvertedPart>();
        var servers = new List<string>();
        foreach (var text in use.Texts())
        {
            if (!IPAddress.TryParse(text, out var server)) parts.Add(new(text, KeyMapping.Impossible, "", "Is no address: left out."));
            else if (IPAddress.IsLoopback(server)) parts.Add(new(text, KeyMapping.Impossible, "", "Docker's own or the old host's resolver, which pods do not have: left out."));
            else if (servers.Contains(text) || servers.Count == MostNameservers) parts.Add(new(text, KeyMapping.Impossible, "", $"Kubernetes takes {MostNameservers} different ones: left out."));
            else
            {
                servers.Add(text);
                parts.Add(new(text, KeyMapping.Approximate, "kubernetes.dns_config.nameservers", "Names of the cluster are not resolved then: take dns_policy out to ask these after the cluster's DNS."));
            }
        }

        if (servers.Count > 0 && draft.Put("kubernetes.dns_config.nameservers", servers) && draft.Docker.Text("network_mode") != "host")
            draft.Put("kubernetes.dns_policy", "none", "Only these servers, as on docker; without this line they come after the cluster's DNS.");
        return Mapped.Of(parts);
    }

    private static Mapped DnsSearch(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var searches = use.Texts().Where(domain => DnsLabel.IsSubdomain(domain.TrimEnd('.').ToLowerInvariant())).Select(domain => domain.ToLowerInvariant()).Distinct().ToList();
        if (searches.Count == 0) return use.Texts() is ["."] ? Mapped.Impossible("Docker's \".\" takes all search domains away; Kubernetes needs dns_policy = \"none\" with nameservers for that.") : Mapped.Impossible("None of them is a domain: left out.");
        draft.Put("kubernetes.dns_config.searches", searches);
        return Mapped.Approximate(draft.Docker.Texts("dns") is { Count: > 0 } ? "In place of the cluster's own." : "After the cluster's own.");
    }

    private static Mapped NetworkMode(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        switch (use.Text())
        {
            case "bridge" or "default":
                return Mapped.Approximate("Each pod has a network of its own, and services are on localhost: nothing to write.");
            case "none":
                return Mapped.Impossible("Give the namespace a NetworkPolicy that denies egress, except to GitLab and DNS: the helper needs them.");
            case "host" when draft.Options.Privileges == PrivilegeProfile.Hardened:
                return Mapped.Impossible("Left out by the hardened profile: jobs see the pod's network and not the node's.");
            case "host":
                if (!draft.Patches.Add("host-network", "hostNetwork: true\n")) return Mapped.Impossible("Needs pod_spec (runner 15.10 or newer); better, do without the host's network.");
                draft.Put("kubernetes.dns_policy", "cluster-first-with-host-net");
                return Mapped.Approximate($"The node's network. Jobs of one node then share its ports and reach what it reaches; refused by Pod Security level baseline. Do without where you can. {PodPatches.Caution}");
            case var other when other.StartsWith("container:", StringComparison.Ordinal):
                return Mapped.Impossible("The network of another container is not joined by pods: run it as a service of the job.");
            case var network:
                return Mapped.Impossible($"Docker's network {network} does not exist for pods: what was reached by name in it needs an address or a Service of the cluster.");
        }
    }

    private static Mapped Hostname(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        if (!DnsLabel.IsLabel(use.Text())) return Mapped.Impossible("No key of a runner, and Kubernetes refuses this name (RFC 1123 label) in a patch as well: dropped.");
        return draft.Patches.Add("hostname", $"hostname: {JsonSerializer.Serialize(use.Text())}\n")
            ? Mapped.Approximate($"No key of the runner; services see the same name. {PodPatches.Caution}")
            : Mapped.Impossible("Needs pod_spec (runner 15.10 or newer).");
    }

    private static Mapped PidMode(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        if (use.Text() == "host")
        {
            if (draft.Options.Privileges == PrivilegeProfile.Hardened) return Mapped.Impossible("Left out by the hardened profile.");
            return draft.Patches.Add("host-pid", "hostPID: true\n")
                ? Mapped.Approximate($"Jobs see the node's processes; refused by Pod Security level baseline. {PodPatches.Caution}")
                : Mapped.Impossible("Needs pod_spec (runner 15.10 or newer).");
        }

        return draft.Patches.Add("shared-processes", "shareProcessNamespace: true\n")
            ? Mapped.Approximate($"The containers of the pod see each other's processes, no others. {PodPatches.Caution}")
            : Mapped.Impossible("Needs pod_spec (runner 15.10 or newer).");
    }

    private static Mapped IpcMode(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        if (use.Text() != "host") return Mapped.Approximate("The containers of a pod share their IPC namespace, and no other: nothing to write.");
        if (draft.Options.Privileges == PrivilegeProfile.Hardened) return Mapped.Impossible("Left out by the hardened profile.");
        return draft.Patches.Add("host-ipc", "hostIPC: true\n")
            ? Mapped.Approximate($"The node's IPC namespace; refused by Pod Security level baseline. For shared memory alone use shm_size. {PodPatches.Caution}")
            : Mapped.Impossible("Needs pod_spec (runner 15.10 or newer).");
    }
}
