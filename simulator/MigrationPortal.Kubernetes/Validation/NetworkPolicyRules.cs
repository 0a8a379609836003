using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

internal static class NetworkPolicyRules
{
    private static readonly string[] Types = ["Egress", "Ingress"];
    private static readonly string[] Protocols = ["SCTP", "TCP", "UDP"];

    public static IEnumerable<FieldProblem> Problems(JsonObject item)
    {
        var spec = item.Map("spec");
        return
        [
            .. Rules(spec, "ingress", "from"),
            .. Rules(spec, "egress", "to"),
            .. spec.Texts("policyTypes").SelectMany((type, index) => Types.Contains(type)
                ? (FieldProblem[])[]
                : [FieldProblem.NotSupported($"spec.policyTypes[{index}]", type, Types)]),
            .. NameRules.OfLabels(spec.Map("podSelector", "matchLabels"), "spec.podSelector.matchLabels"),
        ];
    }

    private static IEnumerable<FieldProblem> Rules(JsonObject? spec, string direction, string peers)
    {
        foreach (var (index, rule) in spec.Items(direction).Index())
        {
            var at = $"spec.{direction}[{index}]";
            foreach (var one in rule.Items("ports").SelectMany((port, i) => Port(port, $"{at}.ports[{i}]"))
                .Concat(rule.Items(peers).SelectMany((peer, i) => Peer(peer, $"{at}.{peers}[{i}]"))))
            {
                yield return one;
            }
        }
    }

    private static IEnumerable<FieldProblem> Port(JsonObject port, string field)
    {
        if (port.Text("protocol") is { } protocol && !Protocols.Contains(protocol))
        {
            yield return FieldProblem.NotSupported($"{field}.protocol", protocol, Protocols);
        }

        if (port["port"]?.GetValueKind() == JsonValueKind.Number && port.Whole("port") is not (>= 1 and <= 65535))
        {
            yield return FieldProblem.Invalid($"{field}.port", port["port"], "must be between 1 and 65535, inclusive");
        }
    }

    private static IEnumerable<FieldProblem> Peer(JsonObject peer, string field)
    {
        if (peer.Count == 0)
        {
            yield return FieldProblem.Required(field, "must specify a peer");
        }

        if (peer.Map("ipBlock") is not { } block)
        {
            yield break;
        }

        if (peer.Count > 1)
        {
            yield return FieldProblem.Forbidden(field, "may not specify both ipBlock and another peer");
        }

        var cidr = block.Text("cidr") ?? "";
        if (cidr.Length == 0 || !IPNetwork.TryParse(cidr, out var network))
        {
            yield return cidr.Length == 0
                ? FieldProblem.Required($"{field}.ipBlock.cidr")
                : FieldProblem.Invalid($"{field}.ipBlock.cidr", cidr, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)");
            yield break;
        }

        foreach (var (index, except) in block.Texts("except").Index())
        {
            if (!IPNetwork.TryParse(except, out var part) || part.PrefixLength <= network.PrefixLength || !network.Contains(part.BaseAddress))
            {
                yield return FieldProblem.Invalid($"{field}.ipBlock.except[{index}]", except, "must be a strict subset of `cidr`");
            }
        }
    }
}
