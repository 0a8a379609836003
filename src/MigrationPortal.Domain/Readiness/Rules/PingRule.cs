using System.Collections.Frozen;

namespace MigrationPortal.Domain.Readiness.Rules;

public sealed class PingRule : ReadinessRule
{
    private static readonly FrozenSet<string> Pings = FrozenSet.ToFrozenSet(["ping", "ping4", "ping6", "fping", "fping6"], StringComparer.Ordinal);

    private static readonly FrozenSet<string> Raw = FrozenSet.ToFrozenSet(
        ["arping", "traceroute", "traceroute6", "tcptraceroute", "mtr", "tcpdump", "hping3", "hping", "nping", "tshark", "dumpcap", "arp-scan", "masscan", "zmap", "scapy"], StringComparer.Ordinal);

    public override string Id => "R05";

    public override string Title => "ping and raw sockets";

    public override string Why => "Kubernetes runners take the capability NET_RAW away from every container; docker gives it.";

    public override Severity Usual => Severity.Blocks;

    public override string SeenAs => "ping: socket: Operation not permitted";

    public override RuleSigns Signs { get; } = new() { Commands = [.. Pings, .. Raw, "nmap"] };

    public override IEnumerable<Finding> Look(JobView job, RunnerProfile profile)
    {
        if (profile.PrivilegedBuild || profile.Capabilities.Contains("NET_RAW") || profile.Capabilities.Contains("ALL")) yield break;
        foreach (var command in job.Programs)
        {
            var isPing = Pings.Contains(command.Name);
            if (!(isPing && !profile.AllowsPing) && !Raw.Contains(command.Name) && !IsRawScan(command)) continue;
            if (command.Command.Has("--version", "-V", "--help")) continue;
            yield return Found(job, Usual, command.Line, $"{command.Name} opens a raw socket, which containers on Kubernetes may not.",
                isPing && command.Arguments.LastOrDefault(argument => !argument.StartsWith('-')) is { } host
                    ? $"nc -z -w 5 {host} 443    # or the port that your job needs"
                    : "Check with a TCP connection (nc -z HOST PORT, curl) instead, or ask for a runner with cap_add = [\"NET_RAW\"].");
        }
    }

    private static bool IsRawScan(JobCommand command) =>
        command.Name == "nmap" && command.Arguments.Any(argument => argument is "-O" or "-A" || argument.StartsWith("-sS", StringComparison.Ordinal) || argument.StartsWith("-sU", StringComparison.Ordinal) || argument.StartsWith("-sn", StringComparison.Ordinal));
}
