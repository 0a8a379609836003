using System.Globalization;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Configurations;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>One setting of a deployment as a field.</summary>
/// <param name="Key">As in the API.</param>
/// <param name="Write">Null: the text is none.</param>
internal sealed record DeploymentField(string Key, string Title, Func<DeploymentSettings, string> Read, Func<DeploymentSettings, string, DeploymentSettings?> Write, string? Note = null, IReadOnlyList<string>? Words = null, bool IsLong = false, string? Wrong = null);

internal static class DeploymentFields
{
    private static readonly string[] YesNo = ["yes", "no"];

    public static readonly IReadOnlyList<DeploymentField> All =
    [
        new("release", "Release or name", one => one.Release, (one, text) => one with { Release = text }),
        new("managerNamespace", "Manager's namespace", one => one.ManagerNamespace, (one, text) => one with { ManagerNamespace = text }),
        new("jobNamespace", "Jobs' namespace", one => one.JobNamespace, (one, text) => one with { JobNamespace = text }, "where the config.toml names none"),
        new("jobNamespaceIsDedicated", "Only jobs run in it", one => Word(one.JobNamespaceIsDedicated), (one, text) => one with { JobNamespaceIsDedicated = text == "yes" }, Words: YesNo),
        new("podSecurity", "Pod Security of the jobs' namespace", one => one.PodSecurity.ToString().ToLowerInvariant(), (one, text) => one with { PodSecurity = Enum.Parse<PodSecurityLevel>(text, true) }, Words: ["restricted", "baseline", "privileged"]),
        new("gitLabUrl", "GitLab", one => one.GitLabUrl, (one, text) => one with { GitLabUrl = text }),
        new("tokenSecret", "Secret with the runner's token", one => one.TokenSecret, (one, text) => one with { TokenSecret = text }, "its name"),
        new("cacheSecret", "Secret with the cache's keys", one => one.CacheSecret ?? "", (one, text) => one with { CacheSecret = Or(text) }, "its name; empty: none"),
        new("certificateSecret", "Secret with certificate authorities", one => one.CertificateSecret ?? "", (one, text) => one with { CertificateSecret = Or(text) }, "empty: public ones"),
        new("replicas", "Managers", one => Text(one.Replicas), (one, text) => Whole(text) is { } number ? one with { Replicas = number } : null),
        new("longestJobSeconds", "Longest job, in seconds", one => Text(one.LongestJobSeconds), (one, text) => Whole(text) is { } number ? one with { LongestJobSeconds = number } : null, "a stopping manager waits that long"),
        new("resources.cpuRequest", "Manager: CPU request", one => one.Resources.CpuRequest ?? "", (one, text) => one with { Resources = one.Resources with { CpuRequest = Or(text) } }),
        new("resources.cpuLimit", "Manager: CPU limit", one => one.Resources.CpuLimit ?? "", (one, text) => one with { Resources = one.Resources with { CpuLimit = Or(text) } }),
        new("resources.memoryRequest", "Manager: memory request", one => one.Resources.MemoryRequest ?? "", (one, text) => one with { Resources = one.Resources with { MemoryRequest = Or(text) } }),
        new("resources.memoryLimit", "Manager: memory limit", one => one.Resources.MemoryLimit ?? "", (one, text) => one with { Resources = one.Resources with { MemoryLimit = Or(text) } }),
        new("managerImage", "Manager's image", one => one.ManagerImage ?? "", (one, text) => one with { ManagerImage = Or(text) }, "empty: that of the target"),
        new("unregisterOnStop", "Stopped managers leave GitLab", one => Word(one.UnregisterOnStop), (one, text) => one with { UnregisterOnStop = text == "yes" }, Words: YesNo),
        new("managerDisruptionBudget", "Node drains leave one manager", one => Word(one.ManagerDisruptionBudget), (one, text) => one with { ManagerDisruptionBudget = text == "yes" }, Words: YesNo),
        new("operatorVersion", "Operator's version", one => one.OperatorVersion, (one, text) => one with { OperatorVersion = text }),
        new("egressPorts", "Ports that jobs reach outside", one => string.Join(", ", one.EgressPorts.Select(Text)), (one, text) => Ports(text) is { } ports ? one with { EgressPorts = ports } : null, "beside 443 and those of GitLab, registries and cache", Wrong: "Ports such as 22, 80."),
        new("egress", "Places that jobs reach", one => string.Join('\n', one.Egress.Select(Line)), (one, text) => Rules(text) is { } rules ? one with { Egress = rules } : null, "one a line: range or namespace, ports, what it is", IsLong: true, Wrong: "Write: 10.1.0.0/16 636 LDAP, or a namespace in place of the range; 'all' for all ports."),
        new("blockedRanges", "Ranges that no job reaches", one => string.Join('\n', one.BlockedRanges), (one, text) => one with { BlockedRanges = text.Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries) }, "metadata addresses are always among them", IsLong: true),
        new("servicesPerJob", "Services that a job starts, for sums", one => Text(one.ServicesPerJob), (one, text) => Whole(text) is { } number ? one with { ServicesPerJob = number } : null),
        new("extra", "More chart values or Runner fields", one => one.Extra ?? "", (one, text) => one with { Extra = text.Length == 0 ? null : text + "\n" }, "YAML", IsLong: true),
    ];

    private static string Word(bool flag) => flag ? "yes" : "no";

    private static string? Or(string text) => text.Length == 0 ? null : text;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int? Whole(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IReadOnlyList<int>? Ports(string text)
    {
        var ports = text.Split([' ', ',', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(Whole).ToList();
        return ports.Contains(null) ? null : [.. ports.Select(port => port!.Value)];
    }

    private static string Line(EgressRule rule) => $"{rule.Cidr ?? rule.Namespace} {(rule.Ports.Count == 0 ? "all" : string.Join(',', rule.Ports.Select(Text)))} {rule.What}";

    private static List<EgressRule>? Rules(string text)
    {
        var rules = new List<EgressRule>();
        foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.Split(' ', 3, StringSplitOptions.RemoveEmptyEntries) is not [var where, var ports, var what]) return null;
            if ((ports == "all" ? [] : Ports(ports)) is not { } read) return null;
            rules.Add(new(what, where.Contains('/') ? where : null, where.Contains('/') ? null : where, read));
        }

        return rules;
    }
}
