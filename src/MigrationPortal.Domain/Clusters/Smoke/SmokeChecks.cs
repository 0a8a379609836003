using System.Globalization;
using static MigrationPortal.Domain.Clusters.Smoke.SmokeJudgement;

namespace MigrationPortal.Domain.Clusters.Smoke;

/// <summary>The built-in checks, in the order in which people read them.</summary>
internal static class SmokeChecks
{
    /// <summary>Kernels keep limits in whole pages and whole milliseconds.</summary>
    private const double Page = 65536;

    private const int SysAdmin = 21;
    private const string NoTool = "the image has neither bash with timeout, nor nc, nor curl";
    private const string Bring = "Name an image for the smoke jobs that has nc or curl.";

    private static readonly SmokeCheck[] Fixed =
    [
        new("clone", "Clone", SmokeJobs.Clone, _ => "the project's files are there", (_, value) => value == "ok" ? Well("they are there") : Bad("they are missing", "Look at the job's log for what git says, and whether build and helper container share the builds directory.")),
        new("image", "Default image", SmokeJobs.Image, expected => expected.DefaultImage is { } image ? $"{image} is pulled and starts" : null, (_, _) => Well("it started")),
        Refused("image-refused", "Image allowlist", SmokeJobs.ImageRefused, expected => expected.RefusedImage is { } image ? $"{image} is refused" : null, "list of allowed", "Correct allowed_images: one of its patterns lets this image in."),
        Refused("pull-policy-refused", "Pull policy", SmokeJobs.PolicyRefused, expected => expected is { RefusedPolicy: { } policy, AnyImage: not null } ? $"pull_policy: {policy} is refused" : null, "allowed_pull_policies", "Correct allowed_pull_policies."),
        new("uid", "User", SmokeJobs.Identity, expected => Id(expected.Identity.Uid, expected.Identity.UidFrom) + (expected is { Identity.Uid: null, NonRoot: true } ? ", but never 0" : ""), (expected, value) => OfId(expected.Identity.Uid, expected.NonRoot, value, "run_as_user")),
        new("gid", "Group", SmokeJobs.Identity, expected => Id(expected.Identity.Gid, expected.Identity.GidFrom), (expected, value) => OfId(expected.Identity.Gid, false, value, "run_as_group")),
        new("memory", "Memory limit", SmokeJobs.Limits, expected => expected.Memory is { } limit ? $"{Bytes(limit)} for the build container" : expected.PodBounds ? "that of the whole pod" : "none", OfMemory),
        new("cpu", "CPU limit", SmokeJobs.Limits, expected => expected.Cpu is { } limit ? $"{Cores(limit)} for the build container" : expected.PodBounds ? "that of the whole pod" : "none", OfCpu),
        new("token", "Service account token", SmokeJobs.Privileges, expected => expected.Token switch { true => "mounted", false => "not mounted", null => "as the service account says" }, OfToken),
        new("privileged", "Privileges", SmokeJobs.Privileges, expected => expected.Privileged ? "privileged" : "not privileged", OfPrivileges),
        new("ping", "Ping", SmokeJobs.Ping, expected => expected.Ping ? "works: the configuration gives it" : "not promised: NET_RAW is dropped", OfPing),
        new("cache", "Cache", SmokeJobs.CacheRead, expected => expected.Cache is { } cache ? $"kept for the next job ({cache})" : "not kept: the configuration has no cache", (expected, value) => (expected.Cache, value) switch
        {
            (_, "found") => Well("the next job found it"),
            (null, _) => Well("the next job did not find it"),
            _ => Bad("the next job did not find it", "Look at the two jobs' logs for what the cache's store says; its keys, bucket and network must be reachable from job pods."),
        }),
        new("artifact", "Artifact", SmokeJobs.ArtifactRead, _ => "uploaded, and given to the next job", (_, value) => value == "found" ? Well("the next job found it") : Bad("the next job did not find it", "Look at the two jobs' logs: the helper container uploads to GitLab and needs its certificate authority and at least 250Mi of memory.")),
        new("service", "Service", SmokeJobs.Service, expected => expected.Choice.ServiceImage is { } image ? $"{image} answers on port {expected.Choice.ServicePort.ToString(CultureInfo.InvariantCulture)}" : null, (_, value) => Open(value, true, "Look at the job's log for why the service did not start, and whether it listens on that port.")),
        new("gitlab", "GitLab", SmokeJobs.Network, _ => "reached", (_, value) => Open(value, true, "Let job pods reach GitLab: network policy, proxy, name server.")),
        new("registry", "Registry", SmokeJobs.Network, _ => "reached, where GitLab names one", (_, value) => value == "none" ? Well("GitLab names none") : Open(value, true, "Let job pods reach the registry: network policy, proxy, name server.")),
        new("metadata", "Cloud metadata", SmokeJobs.Network, _ => "169.254.169.254 is blocked", (_, value) => Open(value, false, "Apply a NetworkPolicy that excludes 169.254.169.254/32, and see that the cluster's network plugin enforces policies: jobs can take the node's identity here.")),
    ];

    public static IEnumerable<SmokeCheck> Of(SmokeExpectations expected) =>
        Fixed.Concat(expected.Choice.Reach.Select((place, index) => new SmokeCheck(
            SmokeJobs.ReachName(index), place.ToString(), SmokeJobs.Network, _ => place.Open ? "reached" : "blocked",
            (_, value) => Open(value, place.Open, place.Open ? "Let job pods reach it: egress in the network policy, proxy, name server." : "Block it in the network policy, and see that the cluster's network plugin enforces policies."))));

    private static SmokeCheck Refused(string key, string title, string job, Func<SmokeExpectations, string?> expected, string words, string remedy) =>
        new(key, title, job, expected, (_, _) => Bad("the job started", remedy)) { RefusedWith = words };

    private static string Id(long? id, string from) => id is { } set ? string.Create(CultureInfo.InvariantCulture, $"{set} ({from})") : "the image decides";

    private static SmokeJudgement OfId(long? expected, bool nonRoot, string value, string key)
    {
        if (!long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seen)) return Unknown($"\"{value}\", which is no number", "Name an image for the smoke jobs that has id.");
        if (expected is { } id && seen != id) return Bad(value, $"Something changes {key} on the way: a pod_spec patch, an admission webhook, or an older revision that still runs. Compare with the live pod.");
        return nonRoot && seen == 0 ? Bad(value, "run_as_non_root does not hold: compare with the live pod.") : Well(value);
    }

    private static SmokeJudgement OfMemory(SmokeExpectations expected, string value)
    {
        // Without a limit version 1 of cgroups says a number near 2^63.
        var seen = value == "max" ? null : double.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes < 1L << 60 ? bytes : (double?)null : double.NaN;
        if (seen is { } odd && double.IsNaN(odd)) return Unknown("the container does not show its cgroup", "Nothing to do where nodes hide it; the live pod shows its limits.");
        var words = seen is { } limit ? Bytes(limit) : "none";
        if (expected.Memory is null) return seen is null || expected.PodBounds ? Well(words) : Bad(words, "Something else sets it, such as a LimitRange of the namespace: put the limit that you want into the configuration.");
        return seen is { } is_ && Math.Abs(is_ - expected.Memory.Value) < Page ? Well(words) : Bad(words, "Something else sets it, such as a LimitRange, a pod_spec patch, or an older revision that still runs.");
    }

    private static SmokeJudgement OfCpu(SmokeExpectations expected, string value)
    {
        if (value.Split(':') is not [var quota, var period] || !double.TryParse(period, NumberStyles.None, CultureInfo.InvariantCulture, out var of) || of <= 0) return Unknown("the container does not show its cgroup", "Nothing to do where nodes hide it; the live pod shows its limits.");
        double? seen = quota is "max" or "-1" ? null : double.TryParse(quota, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number / of : null;
        var words = seen is { } cores ? Cores(cores) : "none";
        if (expected.Cpu is null) return seen is null || expected.PodBounds ? Well(words) : Bad(words, "Something else sets it, such as a LimitRange of the namespace: put the limit that you want into the configuration.");
        return seen is { } is_ && Math.Abs(is_ - expected.Cpu.Value) <= Math.Max(0.01, expected.Cpu.Value / 100) ? Well(words) : Bad(words, "Something else sets it, such as a LimitRange, a pod_spec patch, or an older revision that still runs.");
    }

    private static SmokeJudgement OfToken(SmokeExpectations expected, string value) => (expected.Token, value) switch
    {
        (false, "there") => Bad("mounted", "Something mounts it all the same: a volume of the configuration, or an admission webhook. Every job can speak to the Kubernetes API with it."),
        (true, "absent") => Bad("not mounted", "Jobs that deploy with it will fail: look at the service account's own automountServiceAccountToken."),
        (_, "there") => Well("mounted"),
        (_, "absent") => Well("not mounted"),
        _ => Unknown(value, "Look at the job's log."),
    };

    // What a container may ever have tells it, also where it does not run as root.
    private static SmokeJudgement OfPrivileges(SmokeExpectations expected, string value)
    {
        if (!ulong.TryParse(value, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var bounds)) return Unknown("the container does not show its capabilities", "Nothing to do where nodes hide it; the live pod shows them.");
        var isPrivileged = (bounds >> SysAdmin & 1) == 1;
        if (isPrivileged == expected.Privileged) return Well(isPrivileged ? "privileged" : "not privileged");
        return isPrivileged
            ? Bad("it may have SYS_ADMIN", "Something gives it on the way: capabilities, a pod_spec patch, an admission webhook. Jobs can leave their container with it.")
            : Bad("not privileged", "Builds of images inside jobs will fail: look for an admission policy that takes it away.");
    }

    private static SmokeJudgement OfPing(SmokeExpectations expected, string value) => value switch
    {
        "works" => Well(expected.Ping ? "it works" : "it works all the same: the nodes let everybody ping"),
        "not-permitted" or "no-answer" when expected.Ping => Bad(value == "no-answer" ? "no answer" : "not permitted", "cap_add = [\"NET_RAW\"] must be top-level, and the namespace's Pod Security level must allow it; under baseline use the sysctl net.ipv4.ping_group_range in pod_spec."),
        "not-permitted" => Well("not permitted"),
        "no-answer" => Well("no answer"),
        "no-tool" when !expected.Ping => Well("the image has no ping"),
        _ => Unknown("the image has no ping", "Name an image for the smoke jobs that has ping."),
    };

    private static SmokeJudgement Open(string value, bool wanted, string remedy) => value switch
    {
        "open" => wanted ? Well("reached") : Bad("reached", remedy),
        "closed" => wanted ? Bad("not reached", remedy) : Well("blocked"),
        _ => Unknown(NoTool, Bring),
    };

    private static string Bytes(double bytes) => bytes % (1 << 20) == 0 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (1 << 20):0} MiB") : string.Create(CultureInfo.InvariantCulture, $"{bytes:0} bytes");

    private static string Cores(double cores) => string.Create(CultureInfo.InvariantCulture, $"{cores:0.###} {(cores == 1 ? "core" : "cores")}");
}
