using System.Globalization;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Volumes, memory file systems and docker's own cache.</summary>
internal static class StorageRules
{
    /// <summary>The Secret with the logins of registries that a result names.</summary>
    public const string PullSecret = "registry-credentials";

    private const string Docker = KeyRules.Runner + "docker.";

    private const string ByHand = "Volumes are made by StorageClass, claim and CSI driver: make the claim in the job namespace by hand and mount it as volumes.pvc.";

    public static IReadOnlyDictionary<string, KeyRule> All { get; } = new Dictionary<string, KeyRule>
    {
        [Docker + "volumes"] = (use, draft) => use.IsBlank() ? Mapped.Default : Mapped.Of([.. use.Texts().Select(text => VolumeKinds.Part(text, draft))]),
        [Docker + "tmpfs"] = Tmpfs,
        [Docker + "services_tmpfs"] = Tmpfs,
        [Docker + "shm_size"] = SharedMemory,
        [Docker + "cache_dir"] = CacheDir,
        [Docker + "disable_cache"] = (use, _) => use.IsBlank() ? Mapped.Default : Mapped.Approximate("Turned off docker's volumes on the host; pods have none of these anyway. The cache of .gitlab-ci.yml is another thing: see [runners.cache]."),
        [Docker + "volume_keep"] = ResourceRules.Never("What a pod wrote goes with the pod. What must stay belongs into a claim (volumes.pvc), a cache or artifacts."),
        [Docker + "volume_driver"] = ResourceRules.Never(ByHand),
        [Docker + "volume_driver_ops"] = ResourceRules.Never(ByHand),
        [Docker + "volumes_from"] = ResourceRules.Never("Containers outside of the pod lend no volumes: mount a claim (volumes.pvc) or a ConfigMap, or copy the files in an image."),
    };

    /// <summary>Has the executor look for the pull secret before it makes a pod: a missing one otherwise shows as a failed pull.</summary>
    public static void CheckSecrets(Draft draft)
    {
        if (draft.Target.Table("kubernetes")?["resource_availability_check_max_attempts"] is null) draft.Put("kubernetes.resource_availability_check_max_attempts", 5);
    }

    private static Mapped Tmpfs(KeyUse use, Draft draft)
    {
        var parts = new List<ConvertedPart>();
        foreach (var (path, text) in use.Pairs())
        {
            if (!path.StartsWith('/') || path.TrimEnd('/').Length == 0)
            {
                parts.Add(new(path, KeyMapping.Impossible, "", "Is no path in the container: left out."));
                continue;
            }

            var options = TmpfsOptions.Read(text);
            var lost = options.Lost.Count > 0 ? $" Lost: {string.Join(", ", options.Lost)}." : "";
            var mounted = draft.Mounts.Mount("empty_dir", $"tmpfs-{path}", path, volume =>
            {
                volume.Set("medium", new ConfigScalar("Memory"));
                if (options.SizeBytes is { } size) volume.Set("size_limit", new ConfigScalar(DockerSize.Quantity(size)));
            });
            parts.Add(mounted is not null
                ? new(path, KeyMapping.Approximate, "kubernetes.volumes.empty_dir", $"Empty memory in all containers of the pod, services too; counts against their memory limit.{lost}")
                : draft.Mounts.At(path) is { } there
                    ? new(path, KeyMapping.Approximate, "kubernetes.volumes.empty_dir", $"Mounted already for all containers, as {there.Text("name")}.{lost}")
                    : new(path, KeyMapping.Impossible, "", "Needs a newer runner."));
        }

        return Mapped.Of(parts);
    }

    private static Mapped SharedMemory(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        if (use.Whole() < 0) return Mapped.Impossible("A size is not negative: nothing is written.");
        const string Remedy = "Memory at /dev/shm for all containers; it counts against their memory limit, so raise memory_limit by as much.";
        var size = DockerSize.Quantity(use.Whole());
        if (draft.Mounts.At("/dev/shm") is { } there)
        {
            if (there["size_limit"] is null && draft.Knows("kubernetes.volumes.empty_dir[].size_limit")) there.Set("size_limit", new ConfigScalar(size));
            draft.Wrote("kubernetes.volumes.empty_dir");
            return Mapped.Approximate(Remedy);
        }

        draft.Mounts.Mount("empty_dir", "dshm", "/dev/shm", volume =>
        {
            volume.Set("medium", new ConfigScalar("Memory"));
            volume.Set("size_limit", new ConfigScalar(size));
        }, $"shm_size = {use.Whole().ToString(CultureInfo.InvariantCulture)} bytes");
        return Mapped.Approximate(Remedy);
    }

    private static Mapped CacheDir(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var path = use.Text();
        if (!path.StartsWith('/')) return Mapped.Impossible("A directory beside the old runner's own; pods have no such place. Use [runners.cache], or a claim at /cache.");
        if (draft.Source.Text("cache_dir") is not { Length: > 0 }) draft.Put("cache_dir", path);
        draft.Mounts.Mount("empty_dir", "cache", path);
        return Mapped.Direct("Empty for each job: what must outlive it belongs into [runners.cache].");
    }
}
