using System.Net;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Names and addresses inside job pods: DNS, <c>/etc/hosts</c>.</summary>
public sealed class PodNetworkCheck : KubernetesCheck
{
    private const int MostNameservers = 3;

    private const int MostSearches = 32;

    private protected override IEnumerable<ConfigFinding> Look(KubernetesSection runner, CheckedConfig config)
    {
        var servers = runner.Texts("dns_config.nameservers") ?? [];
        if (runner.Text("dns_policy") == "none" && servers.Count == 0)
            yield return Found(runner, CheckCodes.MissingKey, "dns_config.nameservers", CheckSeverity.Error, "dns_policy = \"none\" needs nameservers: Kubernetes refuses the pod.", "Set nameservers in [runners.kubernetes.dns_config].");
        if (servers.Count > MostNameservers)
            yield return Found(runner, CheckCodes.BadValue, "dns_config.nameservers", CheckSeverity.Error, $"More than {MostNameservers} nameservers: Kubernetes refuses the pod.", $"Keep to {MostNameservers}.");
        foreach (var server in servers.Where(server => !IsAddress(server)))
            yield return Found(runner, CheckCodes.BadValue, "dns_config.nameservers", CheckSeverity.Error, $"\"{Short(server)}\" is no IP address: Kubernetes refuses the pod.", "Write addresses, not names.");
        if (runner.Texts("dns_config.searches") is { Count: > MostSearches })
            yield return Found(runner, CheckCodes.BadValue, "dns_config.searches", CheckSeverity.Error, $"More than {MostSearches} search domains: Kubernetes refuses the pod.", $"Keep to {MostSearches}.");
        foreach (var option in runner.Tables("dns_config.options"))
            if (option.Text("name") is null or "")
                yield return Found(runner, CheckCodes.MissingKey, "dns_config.options", CheckSeverity.Error, "An option of dns_config has no name: Kubernetes refuses the pod.", "Set name, such as ndots.") with { Line = option.Line };

        var aliases = runner.Tables("host_aliases");
        for (var i = 0; i < aliases.Count; i++)
        {
            ConfigFinding Alias(string code, string key, string message, string remedy) => new(code, runner.KeyOf($"host_aliases[{i}].{key}"), aliases[i][key]?.Line ?? aliases[i].Line, CheckSeverity.Error, message, remedy);
            if (aliases[i].Text("ip") is not { Length: > 0 } ip) yield return Alias(CheckCodes.MissingKey, "ip", "The host alias has no ip: Kubernetes refuses the pod.", "Set ip.");
            else if (!IsAddress(ip)) yield return Alias(CheckCodes.BadValue, "ip", $"\"{Short(ip)}\" is no IP address: Kubernetes refuses the pod.", ip == "host-gateway" ? "That is docker's word; a pod knows no gateway of its host. Write the address that is meant." : "Write an address, not a name.");
            foreach (var name in (aliases[i].Texts("hostnames") ?? []).Where(name => !KubernetesNames.IsSubdomain(name)))
                yield return Alias(CheckCodes.BadAlias, "hostnames", $"\"{Short(name)}\" is no host name: Kubernetes refuses the pod.", "Write small letters, digits, dashes and dots.");
        }
    }

    // IPAddress takes "1" and "0x7f.1" as well.
    private static bool IsAddress(string text) => IPAddress.TryParse(text, out var address) && (text.Contains(':', StringComparison.Ordinal) || address.ToString() == text);

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
