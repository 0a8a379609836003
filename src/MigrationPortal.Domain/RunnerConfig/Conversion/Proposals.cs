namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>What docker never had to say and Kubernetes needs said: requests, the helper's share, waiting times, how images are pulled.</summary>
internal static class Proposals
{
    /// <summary>For jobs of which nothing is known: half a core and a gibibyte.</summary>
    private const long UnknownMilli = 500;

    private const long UnknownBytes = 1L << 30;

    public static void AddTo(Draft draft)
    {
        Say(draft, "kubernetes.namespace", draft.Options.Namespace);
        if (draft.Kubernetes["image"] is null && draft.Options.DefaultImage is { Length: > 0 } image) draft.Put("kubernetes.image", image, "Docker's runner named none.");
        if (draft.Kubernetes["pull_policy"] is null) draft.Put("kubernetes.pull_policy", ImageRules.PoliciesOf(draft), "Docker's default; without it Kubernetes uses the cluster's.");
        if (draft.Kubernetes["allowed_pull_policies"] is null) draft.Put("kubernetes.allowed_pull_policies", ImageRules.AllowedOf(draft), "Without it a job that asks for a policy fails.");
        Requests(draft);
        if (draft.Kubernetes["poll_timeout"] is null) draft.Put("kubernetes.poll_timeout", 600, "Seconds for a pod to start, images pulled included; docker had no such limit, and the default is 180.");
        if (draft.Kubernetes["automount_service_account_token"] is null) draft.Put("kubernetes.automount_service_account_token", false, "Jobs on docker had no token of the cluster.");
        if (draft.Options.Privileges == PrivilegeProfile.Hardened && draft.Kubernetes["allow_privilege_escalation"] is null) draft.Put("kubernetes.allow_privilege_escalation", false);
        if (draft.Options.ProposeCache && !CacheRules.HasBackend(draft)) Cache(draft);
        draft.Comments.Insert(0, "token: create a new runner in GitLab and give its token to the manager from a Secret; that of the docker runner is not used again.");
    }

    private static void Say(Draft draft, string path, string? value)
    {
        if (value is { Length: > 0 } && draft.Kubernetes[path[(path.LastIndexOf('.') + 1)..]] is null) draft.Put(path, value);
    }

    private static void Requests(Draft draft)
    {
        var peaks = draft.Options.Peaks;
        var cpu = ResourceRules.MilliOf(draft, "cpus");
        var memory = ResourceRules.BytesOf(draft, "memory");
        Milli(draft, "cpu_request", cpu, peaks?.CpuCores is > 0 and var cores ? (long)Math.Ceiling(cores * 1000) : null);
        Bytes(draft, "memory_request", memory, peaks?.MemoryBytes is > 0 and var bytes ? bytes : null);
        if (ResourceRules.MilliOf(draft, "service_cpus") is { } serviceCpu) Milli(draft, "service_cpu_request", serviceCpu, null);
        if (ResourceRules.BytesOf(draft, "service_memory") is { } serviceMemory) Bytes(draft, "service_memory_request", serviceMemory, null);
        Propose(draft, "helper_cpu_request", "100m", "The helper clones and moves caches and artifacts.");
        Propose(draft, "helper_cpu_limit", "1", null);
        Propose(draft, "helper_memory_request", "256Mi", null);
        Propose(draft, "helper_memory_limit", "512Mi", "Below 250Mi it dies of caches and artifacts; large ones need more.");
    }

    private static void Milli(Draft draft, string key, long? limit, long? peak) =>
        Propose(draft, key, $"{Math.Max(1, Bounded(limit, peak) ?? UnknownMilli)}m", Why(limit, peak));

    private static void Bytes(Draft draft, string key, long? limit, long? peak)
    {
        var bytes = Bounded(limit, peak) ?? UnknownBytes;
        Propose(draft, key, DockerSize.Quantity(peak is null ? bytes : Math.Min(limit ?? long.MaxValue, (bytes + (1 << 20) - 1) / (1 << 20) * (1 << 20))), Why(limit, peak));
    }

    private static long? Bounded(long? limit, long? peak) => peak is { } seen ? Math.Min(seen, limit ?? seen) : limit / 2;

    private static string Why(long? limit, long? peak) => peak is not null ? "Proposed: what jobs were seen to use."
        : limit is not null ? "Proposed: half of the limit, as docker knows no requests."
        : "Proposed, as docker knows no requests and without them a pod is the first to be evicted: put in what jobs really use.";

    private static void Propose(Draft draft, string key, string value, string? comment)
    {
        if (draft.Kubernetes[key] is not null) return;
        var said = draft.Kubernetes.Entries.Any(entry => entry.Value.Comment == comment);
        draft.Put($"kubernetes.{key}", value, said ? null : comment);
    }

    private static void Cache(Draft draft)
    {
        var cache = draft.Target.Open("cache");
        if (cache["Type"] is not null) return;
        cache.Comment = "Proposed: docker kept caches on its host. Fill in your object store; its keys come from a Secret.";
        cache.Set("Type", new ConfigScalar("s3"));
        cache.Set("Shared", new ConfigScalar(true));
        var s3 = cache.Open("s3");
        s3.Set("ServerAddress", new ConfigScalar("s3.example.com"));
        s3.Set("BucketName", new ConfigScalar("runner-cache"));
        s3.Set("BucketLocation", new ConfigScalar("us-east-1"));
    }
}
