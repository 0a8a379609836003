namespace MigrationPortal.Domain.Readiness;

/// <summary>
/// What a Kubernetes runner allows and offers, as far as a job can notice (kubernetes-executor.md 1 to 3). All left as it
/// is: the executor's defaults, no cache, no allowlists, unprivileged, no security contexts.
/// </summary>
public sealed record RunnerProfile
{
    public static readonly RunnerProfile Default = new();

    /// <summary>Service containers are privileged: <c>privileged</c> or <c>service_container_security_context.privileged</c>.</summary>
    public bool PrivilegedServices { get; init; }

    /// <summary>The build container is privileged.</summary>
    public bool PrivilegedBuild { get; init; }

    /// <summary>Globs of <c>allowed_images</c>; empty: all.</summary>
    public IReadOnlyList<string> AllowedImages { get; init; } = [];

    /// <summary>Globs of <c>allowed_services</c>; empty: all.</summary>
    public IReadOnlyList<string> AllowedServices { get; init; } = [];

    /// <summary><c>allowed_pull_policies</c>, else <c>pull_policy</c>; empty: a job may ask for none.</summary>
    public IReadOnlyList<string> AllowedPullPolicies { get; init; } = [];

    /// <summary>A cache backend or a shared <c>/cache</c>.</summary>
    public bool HasCache { get; init; }

    public bool RunAsNonRoot { get; init; }

    /// <summary><c>run_as_user</c> of the build container or the pod: jobs cannot choose then.</summary>
    public long? RunAsUser { get; init; }

    /// <summary>Stands in an allowlist for a text that is no number: gitlab-runner skips it, and the list is no longer empty.</summary>
    public const long Nobody = -1;

    /// <summary><c>allowed_users</c>; empty: any but 0.</summary>
    public IReadOnlyList<long> AllowedUsers { get; init; } = [];

    /// <summary><c>allowed_groups</c>; empty: any but 0.</summary>
    public IReadOnlyList<long> AllowedGroups { get; init; } = [];

    /// <summary><c>memory_limit</c> of the build container in bytes; null: none.</summary>
    public long? MemoryLimit { get; init; }

    /// <summary><c>cpu_limit</c> of the build container in cores; null: none.</summary>
    public double? CpuLimit { get; init; }

    /// <summary>
    /// The most that a job may set by a <c>KUBERNETES_*</c> variable, as a Kubernetes quantity, or the pattern that its value must
    /// match; a name that is missing may not be set. A name may end with <c>*</c>: <c>KUBERNETES_POD_LABELS_*</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> OverwriteLimits { get; init; } = new Dictionary<string, string>();

    /// <summary>Capabilities added, without <c>CAP_</c>.</summary>
    public IReadOnlyList<string> Capabilities { get; init; } = [];

    /// <summary>The sysctl <c>net.ipv4.ping_group_range</c> lets everybody ping.</summary>
    public bool AllowsPing { get; init; }

    /// <summary>Mount paths of its volumes, such as <c>/dev/shm</c> or <c>/certs/client</c>.</summary>
    public IReadOnlyList<string> Mounts { get; init; } = [];

    /// <summary><c>poll_timeout</c> in seconds: how long a pod may take to start.</summary>
    public int PollTimeoutSeconds { get; init; } = 180;

    /// <summary>Of its nodes, in Go's words.</summary>
    public IReadOnlyList<string> Architectures { get; init; } = ["amd64"];

    /// <summary><c>FF_KUBERNETES_HONOR_ENTRYPOINT</c> is on.</summary>
    public bool HonorsEntrypoint { get; init; }

    /// <summary>Ports that its network policy lets out; null: not known, and then what policies usually allow.</summary>
    public IReadOnlyList<int>? EgressPorts { get; init; }

    /// <summary>Device files and device plugin resources, such as <c>nvidia.com/gpu</c> or <c>/dev/kvm</c>.</summary>
    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>Seccomp and AppArmor are unconfined, or user namespaces are on: image builders without a daemon work.</summary>
    public bool Unconfined { get; init; }

    /// <summary>Its nodes may be taken away.</summary>
    public bool OnSpotNodes { get; init; }

    /// <summary>Tag sets of the Kubernetes runners; null: not known.</summary>
    public IReadOnlyList<IReadOnlyList<string>>? TagSets { get; init; }

    /// <summary>One of them takes untagged jobs.</summary>
    public bool TakesUntagged { get; init; } = true;

    /// <summary>Mount paths that the docker runner had by its <c>volumes</c>; null: not known.</summary>
    public IReadOnlyList<string>? OldMounts { get; init; }

    /// <summary>Host names that the docker runner gave by <c>extra_hosts</c>.</summary>
    public IReadOnlyList<string> OldHosts { get; init; } = [];

    public bool HasMount(string path) => Mounts.Contains(path, StringComparer.Ordinal);

    /// <summary>True when jobs run as somebody else than root by the profile's own rule.</summary>
    public bool IsNonRoot => RunAsNonRoot || RunAsUser > 0;
}
