using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.Readiness;

/// <summary>
/// What a runner's own configuration allows and offers. Tags and network policies stand elsewhere and stay unknown; what the
/// docker runners of the same file mount and name is what jobs are used to.
/// </summary>
public static class ProfileOfConfig
{
    private const string PatchFlag = "FF_USE_ADVANCED_POD_SPEC_CONFIGURATION";

    private static readonly string[] SpotValues = ["spot", "preemptible"];

    private static readonly string[] SpotKeys = ["cloud.google.com/gke-spot", "cloud.google.com/gke-preemptible"];

    private static readonly (string Variable, string Key)[] Gates =
    [
        ("KUBERNETES_NAMESPACE_OVERWRITE", "namespace_overwrite_allowed"),
        ("KUBERNETES_SERVICE_ACCOUNT_OVERWRITE", "service_account_overwrite_allowed"),
        ("KUBERNETES_POD_LABELS_*", "pod_labels_overwrite_allowed"),
        ("KUBERNETES_POD_ANNOTATIONS_*", "pod_annotations_overwrite_allowed"),
        ("KUBERNETES_NODE_SELECTOR_*", "node_selector_overwrite_allowed"),
        ("KUBERNETES_NODE_TOLERATIONS_*", "node_tolerations_overwrite_allowed"),
    ];

    /// <returns>Null: the file has no runner of the Kubernetes executor. Of several, the first counts.</returns>
    public static RunnerProfile? Of(ConfigDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return KubernetesSection.Of(document) is [var runner, ..] ? WithOldRunners(Of(runner), document) : null;
    }

    public static RunnerProfile Of(KubernetesSection runner)
    {
        ArgumentNullException.ThrowIfNull(runner);
        var patch = Patch(runner);
        string? Build(string field) => patch.LastOrDefault(leaf => leaf.Path == $"containers[build].{field}")?.Value;
        string? Pod(string field) => patch.LastOrDefault(leaf => leaf.Path == field)?.Value;
        return new()
        {
            PrivilegedServices = runner.Flag("service_container_security_context.privileged") ?? runner.Flag("privileged") ?? false,
            PrivilegedBuild = IsTrue(Build("securityContext.privileged")) ?? runner.Flag("build_container_security_context.privileged") ?? runner.Flag("privileged") ?? false,
            AllowedImages = runner.Texts("allowed_images") ?? [],
            AllowedServices = runner.Texts("allowed_services") ?? [],
            AllowedPullPolicies = [.. ((runner.Texts("allowed_pull_policies") is { Count: > 0 } allowed ? allowed : runner.Texts("pull_policy")) ?? []).Where(policy => policy.Length > 0)],
            HasCache = runner.Runner.Table.Table("cache")?.Text("Type") is "s3" or "gcs" or "azure" or "s3v2" or "gcsv2" || JobCache.HasVolume(runner),
            RunAsNonRoot = IsTrue(Build("securityContext.runAsNonRoot")) ?? runner.Flag("build_container_security_context.run_as_non_root") ?? IsTrue(Pod("securityContext.runAsNonRoot")) ?? runner.Flag("pod_security_context.run_as_non_root") ?? false,
            RunAsUser = Number(Build("securityContext.runAsUser")) ?? runner.Whole("build_container_security_context.run_as_user") ?? Number(Pod("securityContext.runAsUser")) ?? runner.Whole("pod_security_context.run_as_user"),
            AllowedUsers = Ids(runner.Texts("allowed_users")),
            AllowedGroups = Ids(runner.Texts("allowed_groups")),
            MemoryLimit = (long?)Amount(Build("resources.limits.memory") ?? runner.Text("memory_limit")),
            CpuLimit = Amount(Build("resources.limits.cpu") ?? runner.Text("cpu_limit")),
            OverwriteLimits = Overwrites(runner),
            Capabilities = AddedCapabilities(runner, patch),
            AllowsPing = AllowsPing(patch),
            Mounts = [.. Mounts(runner, patch).Distinct(StringComparer.Ordinal)],
            PollTimeoutSeconds = runner.Whole("poll_timeout") is { } seconds and > 0 and <= int.MaxValue ? (int)seconds : RunnerProfile.Default.PollTimeoutSeconds,
            Architectures = Architectures(runner) is { Count: > 0 } named ? named : RunnerProfile.Default.Architectures,
            HonorsEntrypoint = runner.Runner.IsOn("FF_KUBERNETES_HONOR_ENTRYPOINT"),
            Devices = [.. Devices(runner, patch).Distinct(StringComparer.Ordinal)],
            Unconfined = IsUnconfined(runner) || Pod("hostUsers")?.Equals("false", StringComparison.OrdinalIgnoreCase) == true,
            OnSpotNodes = IsOnSpotNodes(runner),
        };
    }

    private static RunnerProfile WithOldRunners(RunnerProfile profile, ConfigDocument document)
    {
        var old = RunnerSection.Of(document).Where(runner => runner.Executor?.StartsWith("docker", StringComparison.Ordinal) == true).Select(runner => runner.Table.Table("docker")).OfType<ConfigTable>().ToList();
        return old.Count == 0 ? profile : profile with
        {
            OldMounts = [.. old.SelectMany(docker => docker.Texts("volumes") ?? []).Select(ContainerPath).Where(path => path.Length > 0).Distinct(StringComparer.Ordinal)],
            OldHosts = [.. old.SelectMany(docker => docker.Texts("extra_hosts") ?? []).Select(entry => entry.Split(':')[0]).Where(host => host.Length > 0).Distinct(StringComparer.Ordinal)],
        };
    }

    // "/cache", "/host:/container", "name:/container:ro".
    private static string ContainerPath(string volume) => volume.Split(':') is [_, var inside, ..] ? inside : volume;

    private static List<PatchLeaf> Patch(KubernetesSection runner) =>
        runner.Runner.IsOn(PatchFlag) ? [.. runner.Tables("pod_spec").Where(patch => patch.Text("patch") is { Length: > 0 }).SelectMany(patch => PodPatch.Of(patch.Text("patch")!, patch.Text("patch_type")).Leaves)] : [];

    private static Dictionary<string, string> Overwrites(KubernetesSection runner)
    {
        var limits = ResourceKeys.All.Select(key => (Variable: $"KUBERNETES_{key.ToUpperInvariant()}", Most: runner.Text(key + ResourceKeys.OverwriteMax)));
        var gates = Gates.Select(gate => (gate.Variable, Most: runner.Text(gate.Key)));
        var most = limits.Concat(gates).Where(one => one.Most is { Length: > 0 }).ToDictionary(one => one.Variable, one => one.Most!, StringComparer.Ordinal);
        if (runner.Flag("bearer_token_overwrite_allowed") is true) most["KUBERNETES_BEARER_TOKEN"] = ".*";
        return most;
    }

    private static List<string> AddedCapabilities(KubernetesSection runner, List<PatchLeaf> patch)
    {
        var merged = RunnerConfig.Capabilities.Of(runner, "build");
        return [.. (merged.Add ?? []).Where(merged.Gives).Concat(patch.Where(leaf => leaf.Path.StartsWith("containers[build].securityContext.capabilities.add[", StringComparison.Ordinal)).Select(leaf => leaf.Value).OfType<string>()).Select(name => name.ToUpperInvariant()).Distinct(StringComparer.Ordinal)];
    }

    private static bool AllowsPing(List<PatchLeaf> patch)
    {
        const string Range = "net.ipv4.ping_group_range";
        // Elements of lists are called by their name, or by their place where they have none.
        var range = patch.LastOrDefault(leaf => leaf.Path == $"securityContext.sysctls[{Range}].value")?.Value;
        var ends = range?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return ends is [var from, var to] && Number(from) is { } least && Number(to) is { } most && least <= most && least <= 1000 && most >= 1000;
    }

    private static IEnumerable<string> Mounts(KubernetesSection runner, List<PatchLeaf> patch) =>
        VolumeCheck.Kinds.SelectMany(kind => runner.Tables("volumes." + kind)).Select(volume => volume.Text("mount_path"))
            .Concat(patch.Where(leaf => leaf.Path.StartsWith("containers[build].volumeMounts[", StringComparison.Ordinal) && leaf.Path.EndsWith(".mountPath", StringComparison.Ordinal)).Select(leaf => leaf.Value))
            .OfType<string>().Where(path => path.Length > 0).Select(path => path.Length > 1 ? path.TrimEnd('/') : path);

    private static List<string> Architectures(KubernetesSection runner)
    {
        const string Arch = "kubernetes.io/arch";
        if (runner.Text("node_selector.kubernetes\\.io/arch") is { Length: > 0 } one) return [one];
        const string Required = "affinity.node_affinity.required_during_scheduling_ignored_during_execution.node_selector_terms";
        return [.. runner.Tables(Required).SelectMany(term => term.Tables("match_expressions")).Where(wanted => wanted.Text("key") == Arch && wanted.Text("operator") == "In").SelectMany(wanted => wanted.Texts("values") ?? []).Distinct(StringComparer.Ordinal)];
    }

    private static IEnumerable<string> Devices(KubernetesSection runner, List<PatchLeaf> patch)
    {
        const string Limits = "containers[build].resources.limits.";
        var resources = patch.Where(leaf => leaf.Path.StartsWith(Limits, StringComparison.Ordinal) && leaf.Path.Contains('/', StringComparison.Ordinal) && leaf.Value is not (null or "0")).Select(leaf => leaf.Path[Limits.Length..]);
        return resources.Concat(runner.Tables("volumes.host_path").Select(volume => volume.Text("mount_path")).OfType<string>().Where(path => path.StartsWith("/dev/", StringComparison.Ordinal) && path != "/dev/shm"));
    }

    // Kubernetes sets no seccomp profile by itself; AppArmor's own one holds until it is taken off.
    private static bool IsUnconfined(KubernetesSection runner)
    {
        string? Profile(string kind) => runner.Text($"build_container_security_context.{kind}.type") is { Length: > 0 } own ? own : runner.Text($"pod_security_context.{kind}.type");
        return Profile("app_armor_profile") == "Unconfined" && Profile("seccomp_profile") is null or "" or "Unconfined";
    }

    private static bool IsOnSpotNodes(KubernetesSection runner)
    {
        bool IsSpot(string key, string? value) => SpotKeys.Contains(key, StringComparer.Ordinal) || (value is not null && SpotValues.Contains(value, StringComparer.OrdinalIgnoreCase));
        return (runner.Find("node_selector") as ConfigTable)?.Entries.Any(entry => IsSpot(entry.Key, (entry.Value as ConfigScalar)?.Value as string)) == true
            || (runner.Find("node_tolerations") as ConfigTable)?.Entries.Any(entry => entry.Key.Split('=') is [var key, ..] parts && IsSpot(key, parts.Length > 1 ? parts[1] : null)) == true;
    }

    // Names match no number, so a list of names alone lets nobody choose; an empty one would let everybody.
    private static List<long> Ids(IReadOnlyList<string>? texts) => [.. (texts ?? []).Select(text => Number(text) is >= 0 and var id ? id : RunnerProfile.Nobody).Distinct()];

    private static long? Number(string? text) => long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool? IsTrue(string? text) => text is null ? null : text.Equals("true", StringComparison.OrdinalIgnoreCase);

    private static double? Amount(string? text) => text is { Length: > 0 } && Quantity.Read(text) is { } amount and > 0 and < 1e18 ? amount : null;
}
