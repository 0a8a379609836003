namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>CPU and memory of the job's container and of services.</summary>
internal static class ResourceRules
{
    private const string Docker = KeyRules.Runner + "docker.";

    /// <summary>What docker gives a container that names no shares.</summary>
    private const int SharesOfACore = 1024;

    /// <summary>Docker starts no container with less (moby, <c>linuxMinMemory</c>).</summary>
    private const long LeastMemory = 6 * 1024 * 1024;

    public static IReadOnlyDictionary<string, KeyRule> All { get; } = new Dictionary<string, KeyRule>
    {
        [Docker + "memory"] = Memory("memory_limit", "The same number of bytes. A container over it is killed: exit code 137, \"OOMKilled\"."),
        [Docker + "memory_reservation"] = Reservation("memory", "memory_request"),
        [Docker + "service_memory"] = Memory("service_memory_limit", "The same number of bytes, for each service."),
        [Docker + "service_memory_reservation"] = Reservation("service_memory", "service_memory_request"),
        [Docker + "cpus"] = Cpus("cpu_limit"),
        [Docker + "service_cpus"] = Cpus("service_cpu_limit"),
        [Docker + "cpu_shares"] = Shares("cpus", "cpu_request"),
        [Docker + "service_cpu_shares"] = Shares("service_cpus", "service_cpu_request"),
        [Docker + "memory_swap"] = Never("Pods use no swap unless the node's swap policy says so: dropped. Raise memory_limit where jobs lived off swap."),
        [Docker + "service_memory_swap"] = Never("Pods use no swap unless the node's swap policy says so: dropped."),
        [Docker + "oom_kill_disable"] = Never("A pod over its memory limit is always killed: dropped. Give it a higher limit."),
        [Docker + "oom_score_adjust"] = Never("Kubernetes sets it from the QoS class: with requests equal to limits (Guaranteed) a pod is killed last."),
        [Docker + "cpuset_cpus"] = Never(Pinning),
        [Docker + "cpuset_mems"] = Never(Pinning),
        [Docker + "service_cpuset_cpus"] = Never(Pinning),
        [Docker + "cgroup_parent"] = Never(Cgroups),
        [Docker + "service_cgroup_parent"] = Never(Cgroups),
        [Docker + "service_slot_cgroup_template"] = Never(Cgroups),
    };

    private const string Pinning = "No key pins CPUs: use nodes with the static CPU manager and whole CPUs with request equal to limit, or drop it.";

    private const string Cgroups = "Kubernetes makes the cgroups of pods itself: dropped. Use requests and limits.";

    public static long? BytesOf(Draft draft, string key) => draft.Docker.Text(key) is { Length: > 0 } text ? DockerSize.Bytes(text) is >= LeastMemory and var bytes ? bytes : null : null;

    public static long? MilliOf(Draft draft, string key) => draft.Docker.Text(key) is { Length: > 0 } text ? CpuCount.Milli(text) is > 0 and var milli ? milli : null : null;

    public static KeyRule Never(string why) => (use, _) => use.IsBlank() ? Mapped.Default : Mapped.Impossible(why);

    private static KeyRule Memory(string target, string remedy) => (use, draft) =>
    {
        if (use.IsBlank()) return Mapped.Default;
        if (DockerSize.Bytes(use.Text()) is not { } bytes) return Mapped.Impossible(NoSize(use.Text()));
        if (bytes == 0) return Mapped.Default;
        if (bytes < LeastMemory) return Mapped.Impossible(TooLittle(use.Text()));
        draft.Put($"kubernetes.{target}", DockerSize.Quantity(bytes));
        return Mapped.Approximate(remedy);
    };

    private static KeyRule Reservation(string limit, string target) => (use, draft) =>
    {
        if (use.IsBlank()) return Mapped.Default;
        if (DockerSize.Bytes(use.Text()) is not { } bytes) return Mapped.Impossible(NoSize(use.Text()));
        if (bytes == 0) return Mapped.Default;
        if (bytes < LeastMemory) return Mapped.Impossible(TooLittle(use.Text()));
        var most = BytesOf(draft, limit);
        draft.Put($"kubernetes.{target}", DockerSize.Quantity(Math.Min(bytes, most ?? bytes)));
        return Mapped.Approximate(bytes > most
            ? $"Above the limit, which docker refuses: written as the limit itself."
            : "A soft limit becomes a request: the scheduler sets it aside, so it also decides how many jobs a node takes.");
    };

    private static KeyRule Cpus(string target) => (use, draft) =>
    {
        if (use.IsBlank()) return Mapped.Default;
        if (CpuCount.Milli(use.Text()) is not { } milli) return Mapped.Impossible($"{use.Text()} is no number of CPUs, such as \"1.5\": nothing is written.");
        if (milli == 0) return Mapped.Default;
        draft.Put($"kubernetes.{target}", CpuCount.Quantity(milli));
        return Mapped.Direct("Programs still see all CPUs of the node: make -j and the like need a number.");
    };

    private static KeyRule Shares(string limit, string target) => (use, draft) =>
    {
        if (use.IsBlank()) return Mapped.Default;
        if (use.Whole() < 0) return Mapped.Impossible("Shares are not negative: nothing is written.");
        var wanted = Math.Max(1, (long)Math.Round(use.Whole() * 1000m / SharesOfACore, MidpointRounding.AwayFromZero));
        var most = MilliOf(draft, limit);
        draft.Put($"kubernetes.{target}", $"{Math.Min(wanted, most ?? wanted)}m");
        return Mapped.Approximate(wanted > most
            ? "1024 shares count as one core; that is above the limit, so the request is the limit itself."
            : "A weight becomes a share set aside: 1024 shares count as one core.");
    };

    private static string TooLittle(string text) => $"\"{text}\" is less than the 6 MB that docker asks for, so no job ran with it: nothing is written. Is a unit missing?";

    private static string NoSize(string text) => $"\"{text}\" is no size that docker reads (such as 512m or 2g), so gitlab-runner would not start with it: nothing is written.";
}
