namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>The keys of a runner that are not about docker.</summary>
internal static class RunnerRules
{
    private const string NewRunner = "Belongs to the old runner. Create a new runner in GitLab for Kubernetes and give its token to the manager from a Secret: one token for two executors mixes their jobs, tags and metrics.";

    public static IReadOnlyDictionary<string, KeyRule> All { get; } = new Dictionary<string, KeyRule>
    {
        [KeyRules.Runner + "executor"] = Executor,
        [KeyRules.Runner + "url"] = Url,
        [KeyRules.Runner + "clone_url"] = Url,
        [KeyRules.Runner + "token"] = Identity,
        [KeyRules.Runner + "id"] = Identity,
        [KeyRules.Runner + "token_obtained_at"] = Identity,
        [KeyRules.Runner + "token_expires_at"] = Identity,
        [KeyRules.Runner + "limit"] = CopySet,
        [KeyRules.Runner + "tls-ca-file"] = File,
        [KeyRules.Runner + "tls-cert-file"] = File,
        [KeyRules.Runner + "tls-key-file"] = File,
        [KeyRules.Runner + "environment"] = JobEnvironment.Rule,
        [KeyRules.Runner + "feature_flags"] = FeatureFlags.Rule,
        [KeyRules.Runner + "builds_dir"] = BuildsDir,
        [KeyRules.Runner + "cache_dir"] = CacheDir,
        [KeyRules.Runner + "shell"] = Shell,
        [KeyRules.Runner + "pre_get_sources_script"] = Script("pre_get_sources_script"),
        [KeyRules.Runner + "post_get_sources_script"] = Script("post_get_sources_script"),
        [KeyRules.Runner + "pre_clone_script"] = Script("pre_get_sources_script"),
        [KeyRules.Runner + "post_clone_script"] = Script("post_get_sources_script"),
        [KeyRules.Runner + "pre_build_script"] = Script("pre_build_script"),
        [KeyRules.Runner + "post_build_script"] = Script("post_build_script"),
        [KeyRules.Runner + "use_slot_cgroups"] = Cgroups,
        [KeyRules.Runner + "slot_cgroup_template"] = Cgroups,
        [KeyRules.Runner + "proxy_exec"] = CopySet,
    };

    private static Mapped CopySet(KeyUse use, Draft draft) => KeyRules.Copy(use, draft);

    private static Mapped Executor(KeyUse use, Draft draft)
    {
        if (draft.Target["executor"] is null) draft.Put("executor", "kubernetes");
        draft.Wrote("executor");
        return use.Text() switch
        {
            "kubernetes" or "docker" => Mapped.Direct(),
            "docker-autoscaler" or "docker+autoscaler" or "docker+machine" => Mapped.Direct("Machines become nodes: the cluster autoscaler adds and removes them."),
            _ => Mapped.Approximate("This executor is gone from gitlab-runner; its jobs ran in docker."),
        };
    }

    private static Mapped Url(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        if (SecretSigns.HoldsSecret(use.Text())) return Mapped.Approximate("Holds a password, so it is not written: name the address without it.");
        KeyRules.Copy(use, draft);
        var known = Uri.TryCreate(use.Text(), UriKind.Absolute, out var address);
        if (known && (address!.IsLoopback || address.Host.StartsWith("172.17.", StringComparison.Ordinal))) return Mapped.Approximate("In a pod this address is the pod itself, or docker's bridge: name an address that the cluster reaches.");
        return known && !address!.Host.Contains('.', StringComparison.Ordinal) ? Mapped.Approximate($"{address.Host} may be known in docker's network only: name an address that the cluster resolves.") : Mapped.Direct();
    }

    private static Mapped Identity(KeyUse use, Draft draft) => use.IsBlank() ? Mapped.Default : Mapped.Impossible(NewRunner);

    private static Mapped File(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        KeyRules.Copy(use, draft);
        return Mapped.Direct("The file must be there in the manager's pod: mount it from a Secret or ConfigMap (chart: certsSecretName).");
    }

    private static Mapped BuildsDir(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        var path = use.Text();
        if (!path.StartsWith('/')) return Mapped.Impossible("Must be an absolute path in the container; left out, so jobs build in /builds.");
        KeyRules.Copy(use, draft);
        var fromHost = draft.Docker.Texts("volumes")?.Select(VolumeSpec.Read).Any(volume => volume is { IsFromHost: true } && volume.Destination.TrimEnd('/') == path.TrimEnd('/')) == true;
        return fromHost
            ? Mapped.Approximate("Was a directory of the host: each job now has an empty one of its own there and clones afresh.")
            : Mapped.Direct("An empty directory of each job's own.");
    }

    private static Mapped CacheDir(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        KeyRules.Copy(use, draft);
        return Mapped.Direct("A path in the container; nothing in it outlives the job.");
    }

    private static Mapped Shell(KeyUse use, Draft draft)
    {
        if (use.IsBlank()) return Mapped.Default;
        if (use.Text() is "cmd" or "powershell") return Mapped.Impossible("A shell of Windows: keep such jobs on their Windows runner. Left out, so bash is used.");
        KeyRules.Copy(use, draft);
        return Mapped.Direct();
    }

    private static KeyRule Script(string name) => (use, draft) =>
    {
        if (use.IsBlank()) return Mapped.Default;
        if (SecretSigns.HoldsSecret(use.Text())) return Mapped.Approximate("A password or token seems to stand in it, so it is not written: move that into a masked CI/CD variable and copy the script by hand.");
        var old = use.Key!.Name != name;
        draft.Put(name, use.Node.Copy());
        var docker = use.Text().Contains("docker", StringComparison.OrdinalIgnoreCase) ? "It speaks of docker, and there is no docker daemon in a pod: look at it." : "";
        if (old) return Mapped.Approximate($"Called {name} since 17.0; the old name is ignored.{(docker.Length > 0 ? " " + docker : "")}");
        return docker.Length > 0 ? Mapped.Approximate(docker) : Mapped.Direct();
    };

    private static Mapped Cgroups(KeyUse use, Draft draft) => use.IsBlank() ? Mapped.Default : Mapped.Impossible("Kubernetes makes the cgroups of pods itself; use requests and limits.");
}
