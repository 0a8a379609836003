using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>What a volume of docker was for decides what stands for it in a pod.</summary>
internal static partial class VolumeKinds
{
    private const string Shared = "Mounted into all containers of the pod, services too.";

    public static ConvertedPart Part(string text, Draft draft)
    {
        if (VolumeSpec.Read(text) is not { } spec) return Nothing(text, $"Is no volume that docker reads: left out.");
        if (spec.IsWindows || (spec.IsAnonymous && text.Contains('\\', StringComparison.Ordinal))) return Nothing(text, "A path of Windows: keep such jobs on their Windows runner.");
        var path = spec.Destination.TrimEnd('/');
        if (path.Length == 0) return Nothing(text, "Would hide the whole container: left out.");
        if (draft.Mounts.At(path) is { } there) return new(text, KeyMapping.Approximate, "", $"{path} is mounted already, as {there.Text("name")}: only the first is taken.");
        return DaemonSocket().IsMatch(spec.Source) || DaemonSocket().IsMatch(path) ? Nothing(text, "Pods have no docker daemon, and nodes with containerd have no such socket. Build without a daemon (buildah, BuildKit rootless), or with docker-in-docker as a service under a profile that allows it.")
            : path is "/certs" or "/certs/client" ? EmptyDir(text, "docker-certs", path, draft, "Memory", "Shares the certificates of docker-in-docker with the job. It needs a privileged service.")
            : path == "/dev/shm" ? EmptyDir(text, "dshm", path, draft, "Memory", "Memory; counts against the memory limit.")
            : path == "/var/lib/docker" ? EmptyDir(text, "docker-graph", path, draft, null, "Room for docker-in-docker's layers, empty for each job: what it keeps of the old host is gone.")
            : IsDevice(spec.Source) ? Nothing(text, "A device or a place of the kernel: use a device plugin, or prepare the node. Mounting it from the node needs privilege.")
            : DockerLogin().IsMatch(spec.Source) || DockerLogin().IsMatch(path) ? Login(text, path, draft)
            : IsBuilds(path, draft) ? Nothing(text, "Each job has an empty directory there anyway and clones afresh: nothing to write.", KeyMapping.Approximate)
            : IsCache(path, draft) ? Cache(text, path, draft)
            : spec.IsAnonymous ? EmptyDir(text, path, path, draft, null, "Was a volume of the host that lived on between jobs; now empty for each job. What must outlive it belongs into a cache, or a claim (volumes.pvc).")
            : !spec.IsFromHost ? Claim(text, spec, spec.Source, path, draft, $"A claim of the name must be in the job namespace, with access from several nodes (ReadWriteMany) if several jobs run at once.")
            : FromHost(text, spec, path, draft);
    }

    private static ConvertedPart FromHost(string text, VolumeSpec spec, string path, Draft draft)
    {
        var name = spec.Source.TrimEnd('/');
        if (name is "/etc/hosts") return Nothing(text, "The host's names: write those that jobs need as host_aliases, or have them in DNS.");
        if (name is "/etc/resolv.conf") return Nothing(text, "The host's resolver: write dns_config and dns_policy instead.");
        if (name is "/etc/localtime" or "/etc/timezone") return Nothing(text, "The host's time zone: set the variable TZ for the jobs that need it.");
        if (Certificates().IsMatch(name) || Certificates().IsMatch(path)) return ConfigMap(text, "ca-certificates", name, path, draft, "Make the ConfigMap ca-certificates of these files in the job namespace. For the manager itself set tls-ca-file (chart: certsSecretName).");
        if (SecretFile().IsMatch(name) || SecretFile().IsMatch(path)) return Secret(text, name, path, draft);
        if (IsFile(name, path)) return ConfigMap(text, FileOf(name), name, path, draft, "Make a ConfigMap of the file in the job namespace; if anything secret stands in it, a Secret (volumes.secret) instead.");
        if (draft.Options.Privileges == PrivilegeProfile.Legacy)
        {
            var mounted = draft.Mounts.Mount("host_path", name, path, volume =>
            {
                if (name != path) volume.Set("host_path", new ConfigScalar(name));
                if (spec.IsReadOnly) volume.Set("read_only", new ConfigScalar(true));
            }, "Whatever node the job lands on must have this directory; refused by Pod Security level baseline.");
            return mounted is null ? Nothing(text, "Needs a newer runner.") : new(text, KeyMapping.Approximate, "kubernetes.volumes.host_path", $"The directory of the node that the job lands on: each node needs it. {Options(spec)}{Shared}");
        }

        return Claim(text, spec, $"host{name.Replace('/', '-')}", path, draft, $"Was {name} of the docker host. Put its content into a claim (NFS, or any ReadWriteMany storage) of this name in the job namespace; a job waits until it is there.");
    }

    private static ConvertedPart EmptyDir(string text, string name, string path, Draft draft, string? medium, string remedy)
    {
        var mounted = draft.Mounts.Mount("empty_dir", name, path, volume =>
        {
            if (medium is not null) volume.Set("medium", new ConfigScalar(medium));
        });
        return mounted is null ? Nothing(text, "Needs a newer runner.") : new(text, KeyMapping.Approximate, "kubernetes.volumes.empty_dir", remedy);
    }

    private static ConvertedPart Claim(string text, VolumeSpec spec, string name, string path, Draft draft, string remedy)
    {
        var mounted = draft.Mounts.Mount("pvc", name, path, volume =>
        {
            if (spec.IsReadOnly) volume.Set("read_only", new ConfigScalar(true));
        }, "The claim must be in the job namespace, or jobs wait for it and fail.");
        return mounted is null ? Nothing(text, "Needs a newer runner.") : new(text, KeyMapping.Approximate, "kubernetes.volumes.pvc", $"{remedy} {Options(spec)}{Shared}");
    }

    private static ConvertedPart ConfigMap(string text, string name, string source, string path, Draft draft, string remedy)
    {
        var mounted = draft.Mounts.Mount("config_map", name, path, volume =>
        {
            if (IsFile(source, path)) volume.Set("sub_path", new ConfigScalar(FileOf(path)));
            volume.Set("read_only", new ConfigScalar(true));
        }, "The ConfigMap must be in the job namespace, or jobs wait for it and fail.");
        return mounted is null ? Nothing(text, "Needs a newer runner.") : new(text, KeyMapping.Approximate, "kubernetes.volumes.config_map", $"{remedy} {Shared}");
    }

    private static ConvertedPart Secret(string text, string source, string path, Draft draft)
    {
        var mounted = draft.Mounts.Mount("secret", FileOf(source), path, volume =>
        {
            if (IsFile(source, path)) volume.Set("sub_path", new ConfigScalar(FileOf(path)));
            volume.Set("read_only", new ConfigScalar(true));
        }, "The Secret must be in the job namespace, or jobs wait for it and fail.");
        return mounted is null ? Nothing(text, "Needs a newer runner.") : new(text, KeyMapping.Approximate, "kubernetes.volumes.secret", $"Make a Secret of it in the job namespace, or better a file-type CI/CD variable of the projects that need it: mounted, every job can read it. {Shared}");
    }

    private static ConvertedPart Login(string text, string path, Draft draft)
    {
        draft.Add("kubernetes.image_pull_secrets", StorageRules.PullSecret, "Make this Secret (kubernetes.io/dockerconfigjson) from the host's config.json before the runner starts.");
        StorageRules.CheckSecrets(draft);
        var file = path.EndsWith(".json", StringComparison.Ordinal) ? path : $"{path}/config.json";
        draft.Mounts.Mount("secret", StorageRules.PullSecret, file, volume =>
        {
            volume.Set("sub_path", new ConfigScalar(".dockerconfigjson"));
            volume.Set("read_only", new ConfigScalar(true));
        });
        return new(text, KeyMapping.Approximate, "kubernetes.image_pull_secrets", $"The host's logins: make the Secret {StorageRules.PullSecret} of them for pulls, or set DOCKER_AUTH_CONFIG. It is mounted for jobs that push; credential helpers of the host do not come along.");
    }

    private static ConvertedPart Cache(string text, string path, Draft draft)
    {
        if (CacheRules.HasBackend(draft)) return Nothing(text, "The cache lives in the object store of [runners.cache]; pods need no volume for it.", KeyMapping.Approximate);
        return EmptyDir(text, "cache", path, draft, null, "Docker kept the cache on its host; here it is empty for each job. Name an object store in [runners.cache], or put a ReadWriteMany claim (volumes.pvc) at this path.");
    }

    private static ConvertedPart Nothing(string text, string remedy, KeyMapping mapping = KeyMapping.Impossible) => new(text, mapping, "", remedy);

    private static string Options(VolumeSpec spec) => spec.Options.Length > 0 ? $"Without {spec.Options}. " : "";

    private static bool IsCache(string path, Draft draft) => path == "/cache" || path == draft.Source.Text("cache_dir")?.TrimEnd('/') || path == draft.Docker.Text("cache_dir")?.TrimEnd('/');

    private static bool IsBuilds(string path, Draft draft) => path == (draft.Source.Text("builds_dir") is { Length: > 0 } dir ? dir.TrimEnd('/') : "/builds");

    private static bool IsDevice(string source) => source.StartsWith("/dev/", StringComparison.Ordinal) || source is "/dev" or "/sys" or "/proc" or "/lib/modules" or "/run" or "/var/run" || source.StartsWith("/sys/", StringComparison.Ordinal) || source.StartsWith("/proc/", StringComparison.Ordinal);

    // A file by its ending; a directory such as conf.d has none that is known.
    private static bool IsFile(string source, string path) => FileEnding().IsMatch(source) || FileEnding().IsMatch(path);

    private static string FileOf(string path) => path[(path.LastIndexOf('/') + 1)..];

    [GeneratedRegex(@"/(docker|podman|containerd|buildkitd|crio)\.sock$|/docker_engine$", RegexOptions.IgnoreCase)]
    private static partial Regex DaemonSocket();

    [GeneratedRegex(@"/\.docker(/config\.json)?/?$")]
    private static partial Regex DockerLogin();

    [GeneratedRegex(@"^/etc/ssl/certs|^/etc/pki/|^/usr/(local/)?share/ca-certificates|^/etc/gitlab-runner/certs|/ca-certificates|\.(crt|pem|cer)$", RegexOptions.IgnoreCase)]
    private static partial Regex Certificates();

    [GeneratedRegex(@"/(\.netrc|\.npmrc|\.pypirc|\.git-credentials|\.ssh|\.aws|\.kube|\.gnupg|\.azure|gcloud)(/|$)|/id_[a-z0-9]+$|\.(key|p12|pfx|jks|keystore|kdbx)$|/kubeconfig$|credentials(\.json|\.xml)?$|/secrets?(/|$)", RegexOptions.IgnoreCase)]
    private static partial Regex SecretFile();

    [GeneratedRegex(@"/[^/]*\.(json|ya?ml|xml|toml|ini|cfg|conf|config|properties|crt|pem|cer|key|p12|pfx|jks|keystore|gradle|txt|env|sh|lic|license|repo|list)$|/\.(netrc|npmrc|pypirc|git-credentials|gitconfig|curlrc|wgetrc|bazelrc|yarnrc|condarc)$|/id_[a-z0-9]+$|/(kubeconfig|pip\.conf|credentials)$", RegexOptions.IgnoreCase)]
    private static partial Regex FileEnding();
}
