namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Words that only a few values are allowed for.</summary>
public sealed class EnumCheck : ConfigCheck
{
    private static readonly string[] PullPolicies = ["always", "if-not-present", "never", ""];
    private static readonly string[] ProfileTypes = ["RuntimeDefault", "Localhost", "Unconfined", ""];
    private static readonly string[] SelectorOperators = ["In", "NotIn", "Exists", "DoesNotExist"];
    private static readonly string[] NodeOperators = [.. SelectorOperators, "Gt", "Lt"];

    private static readonly KeyRules<Words> Rules = new(
    [
        ("log_level", new(["debug", "info", "warn", "warning", "error", "fatal", "panic", "trace"], "gitlab-runner does not start") { AnyCase = true }),
        ("log_format", new(["runner", "text", "json"], "gitlab-runner does not start")),
        ("runners[].executor", new([.. ExecutorSections.ByExecutor.Keys], "gitlab-runner has no such executor and takes no job")),
        ("runners[].shell", new(["bash", "sh", "pwsh", "powershell", "cmd", ""], "jobs have no shell and fail")),
        ("runners[].cache.Type", new(["s3", "gcs", "azure", "s3v2", "gcsv2", ""], "no cache is uploaded") { MattersOnKubernetes = true }),
        ("runners[].cache.s3.AuthenticationType", new(["access-key", "iam", ""], "no cache is uploaded") { AnyCase = true }),
        ("runners[].cache.s3.ServerSideEncryption", new(["S3", "AES256", "KMS", "aws:kms", "DSSE-KMS", "aws:kms:dsse", ""], "archives are not encrypted by it") { AnyCase = true }),
        ("runners[].docker.pull_policy", new(PullPolicies, "every job fails")),
        ("runners[].docker.allowed_pull_policies", new(PullPolicies, "every job fails")),
        ("runners[].kubernetes.pull_policy", new(PullPolicies, "every job fails")),
        ("runners[].kubernetes.allowed_pull_policies", new(PullPolicies, "every job fails")),
        ("runners[].kubernetes.dns_policy", new(["none", "default", "cluster-first", "cluster-first-with-host-net", ""], "gitlab-runner warns and takes cluster-first")),
        ("runners[].kubernetes.pod_spec[].patch_type", new(["strategic", "merge", "json", ""], "every job fails")),
        ("runners[].kubernetes.**.seccomp_profile.type", new(ProfileTypes, "gitlab-runner logs it and sets no profile")),
        ("runners[].kubernetes.**.app_armor_profile.type", new(ProfileTypes, "gitlab-runner logs it and sets no profile")),
        ("runners[].kubernetes.*.proc_mount", new(["default", "unmasked", ""], "gitlab-runner logs it and sets none") { AnyCase = true }),
        ("runners[].kubernetes.node_tolerations", new(["NoSchedule", "PreferNoSchedule", "NoExecute", ""], "Kubernetes refuses the pod")),
        ("runners[].kubernetes.volumes.empty_dir[].medium", new(["Memory", "", "HugePages", "HugePages-2Mi", "HugePages-1Gi"], "Kubernetes refuses the pod")),
        ("runners[].kubernetes.volumes.*.mount_propagation", new(["None", "HostToContainer", "Bidirectional", ""], "Kubernetes refuses the pod")),
        ("runners[].kubernetes.affinity.node_affinity.**.operator", new(NodeOperators, "Kubernetes refuses the pod")),
        ("runners[].kubernetes.affinity.**.operator", new(SelectorOperators, "Kubernetes refuses the pod")),
        ("runners[].kubernetes.container_lifecycle.**.scheme", new(["HTTP", "HTTPS", ""], "Kubernetes refuses the pod")),
        ("runners[].virtualbox.start_type", new(["headless", "gui", "sdl", "separate", ""], "VirtualBox refuses to start")),
    ]);

    public override IEnumerable<ConfigFinding> Look(CheckedConfig config)
    {
        foreach (var use in config.Uses)
        {
            if ((use.Key ?? use.Map) is not { LastRelease: null } key || Rules.Of(key) is not { } words) continue;
            foreach (var text in TextsOf(use).Where(text => !words.Has(text)).Distinct(StringComparer.Ordinal))
                yield return Found(CheckCodes.BadValue, words.MattersOnKubernetes && !config.IsOnKubernetes(use) ? CheckSeverity.Warning : CheckSeverity.Error, use, $"{(use.Map is null ? key.Name : $"The effect of a toleration")} cannot be \"{Short(text)}\": {words.Consequence}.{Guess(words, text)}",
                    $"Write {string.Join(", ", words.Values.Where(value => value.Length > 0).SkipLast(1))} or {words.Values.Last(value => value.Length > 0)}{(words.Values.Contains("") ? ", or leave it out" : "")}.");
        }
    }

    private static IEnumerable<string> TextsOf(KeyUse use) => use.Node switch
    {
        ConfigScalar { Value: string text } => [text],
        ConfigList list => list.Items.OfType<ConfigScalar>().Select(item => item.Value).OfType<string>(),
        _ => [],
    };

    // IfNotPresent, if_not_present, ClusterFirst: the right word in another spelling.
    private static string Guess(Words words, string text)
    {
        var squashed = NameDistance.Squash(text);
        var near = words.Values.FirstOrDefault(value => value.Length > 0 && NameDistance.Squash(value) == squashed)
            ?? words.Values.FirstOrDefault(value => value.Length > 2 && squashed.Length > 0 && NameDistance.Between(squashed, NameDistance.Squash(value)) <= Math.Min(2, value.Length / 3));
        return near is null ? "" : $" Did you mean {near}?";
    }

    private static string Short(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private sealed record Words(string[] Values, string Consequence)
    {
        public bool AnyCase { get; init; }

        /// <summary>Elsewhere something else stands in for it: docker keeps caches on the host.</summary>
        public bool MattersOnKubernetes { get; init; }

        public bool Has(string text) => Values.Contains(text, AnyCase ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
    }
}
