using System.Globalization;
using System.Net;
using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>
/// A policy that takes hold of job pods: by the label that the runner sets on each of them, or by their namespace. Nothing comes in
/// (services talk inside the pod, and logs go through the kubelet); out go DNS, GitLab, registries, the cache and what else is named.
/// </summary>
internal static class NetworkPolicyForm
{
    /// <summary>On every job pod and on nothing else; set by the runner itself.</summary>
    public const string JobPodLabel = "job.runner.gitlab.com/pod";

    // Where clouds hand out credentials of the node.
    private static readonly string[] Metadata = ["169.254.169.254/32"];
    private static readonly string[] Metadata6 = ["fd00:ec2::254/128"];

    public static Rendered Render(RenderInput input) => new(RenderForm.NetworkPolicy, [new("network-policy.yaml", YamlText.Of(Document(input)))], Notes(input));

    /// <summary>What <see cref="Document"/> selects, for a judgement of the configuration whose own policy it is.</summary>
    public static PodSelector Selector(RenderInput input) =>
        new($"{input.Release}-jobs", new Dictionary<string, string>(), input.IsDedicated ? [] : [new LabelRequirement(JobPodLabel, "Exists", [])]);

    public static YamlFields Document(RenderInput input)
    {
        var spec = new YamlFields().Add(
            "podSelector",
            input.IsDedicated ? new YamlFields() : new YamlFields().Add("matchExpressions", new YamlItems().Add(new YamlFields().Add("key", JobPodLabel).Add("operator", "Exists"))),
            input.IsDedicated ? "Every pod of the namespace: only jobs run in it." : "The runner sets this label on every job pod.");
        spec.Add("policyTypes", YamlItems.Of(["Ingress", "Egress"]));
        spec.Add("ingress", new YamlItems(), "Nobody reaches a job pod; its own containers share localhost.");
        spec.Add("egress", Egress(input));
        return RenderInput.Kind("networking.k8s.io/v1", "NetworkPolicy", input.Meta($"{input.Release}-jobs", input.JobNamespace)).Add("spec", spec);
    }

    /// <summary>TCP ports to anywhere that is not blocked, with what is behind them.</summary>
    public static IReadOnlyDictionary<int, string> Ports(RenderInput input)
    {
        var ports = new SortedDictionary<int, string> { [443] = "HTTPS" };
        void Add(int? port, string what)
        {
            if (port is { } there) ports[there] = ports.TryGetValue(there, out var known) && known != what ? $"{known}, {what}" : what;
        }

        Add(PortOf(input.Deployment.GitLabUrl), "GitLab");
        Add(PortOf(input.Runner.CloneUrl), "GitLab's clone address");
        foreach (var image in new[] { input.Kubernetes.Images.Image, input.Kubernetes.Images.HelperImage }.Concat(input.Kubernetes.Images.AllowedImages ?? []).Concat(input.Kubernetes.Images.AllowedServices ?? []))
            Add(RegistryPort(image), "registry");
        if (input.Runner.Cache?.S3?.ServerAddress is { } store) Add(PortOf(store.Contains("://", StringComparison.Ordinal) ? store : $"{(input.Runner.Cache.S3.Insecure == true ? "http" : "https")}://{store}"), "cache");
        foreach (var port in input.Deployment.EgressPorts) Add(port, port switch { 80 => "HTTP, such as package mirrors", 22 => "SSH, such as submodules", _ => "named in the settings" });
        return ports;
    }

    private static YamlItems Egress(RenderInput input)
    {
        var egress = new YamlItems();
        egress.Add(new YamlFields().Add("ports", new YamlItems().Add(Port(53, "UDP")).Add(Port(53, "TCP"))), "DNS");
        var blocked = input.Deployment.BlockedRanges;
        var ports = Ports(input);
        egress.Add(
            new YamlFields()
                .Add("to", new YamlItems()
                    .Add(Block("0.0.0.0/0", [.. Metadata.Concat(blocked.Where(range => !range.Contains(':'))).Distinct()]), "The address of cloud metadata hands out the node's own credentials.")
                    .Add(Block("::/0", [.. Metadata6.Concat(blocked.Where(range => range.Contains(':'))).Distinct()])))
                .Add("ports", YamlItems.Of(ports.Keys.Select(port => (YamlPart)Port(port, "TCP")))),
            string.Join("\n", ports.Select(port => string.Create(CultureInfo.InvariantCulture, $"{port.Key}: {port.Value}"))));
        foreach (var rule in input.Deployment.Egress)
        {
            var to = rule.Namespace is { } ns
                ? new YamlFields().Add("namespaceSelector", new YamlFields().Add("matchLabels", new YamlFields().Add("kubernetes.io/metadata.name", ns)))
                : Block(rule.Cidr!, Within(rule.Cidr!, [.. Metadata, .. Metadata6, .. blocked]));
            var one = new YamlFields().Add("to", new YamlItems().Add(to));
            if (rule.Ports.Count > 0) one.Add("ports", YamlItems.Of(rule.Ports.Select(port => (YamlPart)Port(port, "TCP"))));
            egress.Add(one, rule.What);
        }

        return egress;
    }

    // Rules add up: a wide one opens again what the one above leaves out, unless it leaves that out too.
    private static List<string> Within(string cidr, IEnumerable<string> ranges)
    {
        var wide = IPNetwork.Parse(cidr);
        return [.. ranges.Distinct().Where(range => IPNetwork.Parse(range) is var one && one.BaseAddress.AddressFamily == wide.BaseAddress.AddressFamily && one.PrefixLength > wide.PrefixLength && wide.Contains(one.BaseAddress))];
    }

    private static YamlFields Block(string cidr, List<string> except)
    {
        var block = new YamlFields().Add("cidr", cidr);
        if (except.Count > 0) block.Add("except", YamlItems.Of(except));
        return new YamlFields().Add("ipBlock", block);
    }

    private static bool Covers(string range, string cidr) => (IPNetwork.Parse(range), IPNetwork.Parse(cidr)) is var (one, other) && one.BaseAddress.AddressFamily == other.BaseAddress.AddressFamily && one.PrefixLength <= other.PrefixLength && one.Contains(other.BaseAddress);

    private static YamlFields Port(int port, string protocol) => new YamlFields().Add("protocol", protocol).Add("port", port);

    private static int? PortOf(string? url) => url is { Length: > 0 } && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Port > 0 ? address.Port : null;

    // registry.example.com:5050/group/image:tag; a colon after the last slash is a tag.
    private static int? RegistryPort(string? image)
    {
        var host = image?.Split('/') is [var first, _, ..] ? first : "";
        return host.LastIndexOf(':') is > 0 and var at && int.TryParse(host.AsSpan(at + 1), out var port) ? port : null;
    }

    private static List<string> Notes(RenderInput input)
    {
        var notes = new List<string> { "A cluster's network plugin without NetworkPolicy ignores it; some (Cilium) do not take pods for addresses: name what runs in the cluster by its namespace." };
        foreach (var rule in input.Deployment.Egress)
            if (rule.Cidr is { } cidr && Metadata.Concat(Metadata6).FirstOrDefault(address => Covers(address, cidr)) is { } metadata) notes.Add($"{rule.What} ({cidr}) opens the address of cloud metadata, {metadata}: jobs can read the node's own credentials there.");
            else if (rule.Cidr is { } within && input.Deployment.BlockedRanges.FirstOrDefault(range => Covers(range, within)) is { } blocked) notes.Add($"{rule.What} ({within}) lies in the blocked range {blocked}: named apart, it is open.");
        if (input.Kubernetes.NamespacePerJob == true) notes.Add("namespace_per_job: each namespace needs a policy of its own, so this one protects nothing. A policy engine has to make them.");
        if (input.Kubernetes.NamespaceOverwriteAllowed is { Length: > 0 }) notes.Add("Jobs may choose other namespaces: each of them needs this policy too.");
        return notes;
    }
}
