using System.Text.RegularExpressions;

namespace MigrationPortal.World;

/// <summary>Reads from a job's text how long it runs and what in it Kubernetes will refuse.</summary>
internal static partial class WorkloadReader
{
    /// <summary>Typical seconds by a word in the job's name; the first that fits counts.</summary>
    private static readonly (string Word, double Seconds)[] Medians =
    [
        ("train", 9000), ("soak", 7200), ("nightly", 2400), ("e2e", 540), ("integration", 420), ("package", 170),
        ("image", 190), ("build", 150), ("compile", 170), ("test", 140), ("deploy", 75), ("lint", 35), ("scan", 60), ("docs", 50),
    ];

    public static Workload Read(string name, CiMap job, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> lines)
    {
        var median = Medians.FirstOrDefault(m => name.Contains(m.Word, StringComparison.Ordinal)).Seconds;
        if (lines.Any(line => line.Contains(SmokeTrace.Mark, StringComparison.Ordinal)))
        {
            return new Workload(job["image"] is CiMap asked && asked.Has("pull_policy") ? Cause.PullPolicy : Cause.None, 4) { Asks = true };
        }

        var (cause, bites) = Incompatibility(job, variables, lines);
        return new Workload(cause, median == 0 ? 70 : median, bites);
    }

    private static (Cause, double) Incompatibility(CiMap job, IReadOnlyDictionary<string, string> variables, IReadOnlyList<string> lines)
    {
        var text = string.Join('\n', lines);
        var services = Services(job);
        var image = job["image"] as string ?? (job["image"] as CiMap)?["name"] as string ?? "";
        if (services.Any(s => s.Aliases.Any(a => !Alias().IsMatch(a))))
        {
            return (Cause.ServiceAlias, 1);
        }

        if (job["image"] is CiMap detail && detail.Has("pull_policy"))
        {
            return (Cause.PullPolicy, 1);
        }

        if (image.EndsWith("-local", StringComparison.Ordinal) || image.Contains("-local:", StringComparison.Ordinal))
        {
            return (Cause.LocalImage, 1);
        }

        var dind = services.Any(s => s.Name.Contains("dind", StringComparison.Ordinal));
        if (dind)
        {
            return (Cause.DindUnprivileged, 1);
        }

        if (DockerCommand().IsMatch(text) || (variables.GetValueOrDefault("DOCKER_HOST") ?? "").StartsWith("unix:", StringComparison.Ordinal)
            || text.Contains("/var/run/docker.sock", StringComparison.Ordinal))
        {
            return (Cause.DockerSocket, 1);
        }

        return Ping().IsMatch(text) ? (Cause.Ping, 1)
            : Kernel().IsMatch(text) ? (Cause.KernelOperation, 1)
            : HostPath().IsMatch(text) ? (Cause.HostPath, 1)
            : DoubleUnderscore().IsMatch(text) || variables.Values.Any(v => DoubleUnderscore().IsMatch(v)) ? (Cause.DoubleUnderscoreHost, 1)
            : services.GroupBy(s => Family(s.Name)).Any(g => g.Count() > 1) ? (Cause.ServicePortClash, 1)
            : variables.Values.Append(text).Any(v => BigHeap().IsMatch(v)) ? (Cause.OutOfMemory, 0.8)
            : Browser().IsMatch(text) ? (Cause.SharedMemory, 0.35)
            : text.Contains("git@", StringComparison.Ordinal) ? (Cause.EgressBlocked, 1)
            : text.Contains("nvidia-smi", StringComparison.Ordinal) || text.Contains("/dev/kvm", StringComparison.Ordinal) ? (Cause.Device, 1)
            : image.Contains("android", StringComparison.Ordinal) || image.Contains("cuda", StringComparison.Ordinal) ? (Cause.SlowImagePull, 0.15)
            : (Cause.None, 0);
    }

    private static List<(string Name, List<string> Aliases)> Services(CiMap job) => job["services"] is not List<object?> list ? [] :
        [.. list.Select(item => item switch
        {
            CiMap map => (map["name"] as string ?? "", Aliases(map["alias"] as string)),
            _ => (item as string ?? "", []),
        })];

    private static List<string> Aliases(string? text) =>
        text is null ? [] : [.. text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)];

    private static string Family(string image) => image.Split('/')[^1].Split(':')[0];

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$")]
    private static partial Regex Alias();

    [GeneratedRegex(@"(?:^|&&|;|\||sudo|\$\()\s*(?:docker-compose|docker)\s", RegexOptions.Multiline)]
    private static partial Regex DockerCommand();

    [GeneratedRegex(@"(?:^|&&|;|\||sudo|\$\()\s*(?:ping6?|fping|arping|traceroute|mtr|tcpdump)\s", RegexOptions.Multiline)]
    private static partial Regex Ping();

    [GeneratedRegex(@"(?:^|&&|;|\||sudo|\$\()\s*(?:sysctl -w|modprobe|losetup|iptables|mount )", RegexOptions.Multiline)]
    private static partial Regex Kernel();

    [GeneratedRegex(@"(?:^|\s|=)/(?:srv|data|mnt)/")]
    private static partial Regex HostPath();

    [GeneratedRegex(@"\b[a-z0-9.]+__[a-z0-9.]+\b")]
    private static partial Regex DoubleUnderscore();

    [GeneratedRegex(@"-Xmx(?:[6-9]|\d\d)g|--max-old-space-size=(?:[6-9]|\d\d)\d{3}")]
    private static partial Regex BigHeap();

    [GeneratedRegex(@"\b(?:cypress|chromium|chrome|puppeteer|selenium)\b")]
    private static partial Regex Browser();
}
