using MigrationPortal.Domain.RunnerConfig.Model;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>A part of the form, in its order.</summary>
/// <param name="Key">In the address.</param>
/// <param name="Groups">Fields under small headings.</param>
internal sealed record ConfigSection(string Key, string Title, IReadOnlyList<ConfigGroup> Groups)
{
    private const string R = "runners[0].";
    private const string K = "runners[0].kubernetes.";

    /// <summary>The whole form. What no section names is in the free section.</summary>
    public static readonly IReadOnlyList<ConfigSection> All =
    [
        new("deployment", "Deployment", []),
        new("manager", "Manager", [new("Global section", Paths("", "concurrent check_interval log_level log_format listen_address connection_max_age shutdown_timeout user labels")), new("Web terminals", Paths("session_server.", "listen_address advertise_address session_timeout"))]),
        new("runner", "Runner",
        [
            new("Jobs", Paths(R, "name executor limit request_concurrency strict_check_interval output_limit shell builds_dir cache_dir clone_url url tls-ca-file")),
            new("Environment and flags", Paths(R, "environment feature_flags labels")),
            new("Scripts", Paths(R, "pre_get_sources_script post_get_sources_script pre_build_script post_build_script")),
            new("Limits and safety", Paths(R, "prepare_timeout get_sources_timeout debug_trace_disabled safe_directory_checkout clean_git_config custom_build_dir.enabled unhealthy_requests_limit unhealthy_interval experimental.boot_verify.enabled experimental.boot_verify.timeout")),
        ]),
        new("images", "Images", [new("Images", Paths(K, "image helper_image helper_image_flavor helper_image_autoset_arch_and_os")), new("Pulling", Paths(K, "pull_policy allowed_pull_policies image_pull_secrets use_service_account_image_pull_secrets")), new("What jobs may use", Paths(K, "allowed_images allowed_services"))]),
        new("resources", "Resources", []),
        new("security", "Security", [new("All containers", Paths(K, "privileged allow_privilege_escalation cap_add cap_drop runtime_class_name")), new("Namespace and account", Paths(K, "namespace namespace_overwrite_allowed namespace_per_job service_account service_account_overwrite_allowed automount_service_account_token")), new("Who jobs may be", Paths(K, "allowed_users allowed_groups"))]),
        new("scheduling", "Scheduling", [new("Nodes", Paths(K, "node_selector node_selector_overwrite_allowed node_tolerations node_tolerations_overwrite_allowed")), new("Order", Paths(K, "priority_class_name scheduler_name pod_disruption_budget"))]),
        new("volumes", "Volumes", []),
        new("secrets", "Secrets as files", []),
        new("cache", "Cache", [new("Cache", Paths(R, "cache.Type cache.Path cache.Shared cache.MaxUploadedArchiveSize")), new("S3", Paths(R + "cache.s3.", "ServerAddress BucketName BucketLocation Insecure AuthenticationType ServerSideEncryption PathStyle RoleARN UploadRoleARN")), new("GCS", Paths(R + "cache.gcs.", "BucketName CredentialsFile")), new("Azure", Paths(R + "cache.azure.", "AccountName ContainerName StorageDomain"))]),
        new("network", "DNS and services", [new("DNS", Paths(K, "dns_policy dns_config.nameservers dns_config.searches"))]),
        new("labels", "Labels", [new("Of job pods", Paths(K, "pod_labels pod_labels_overwrite_allowed pod_annotations pod_annotations_overwrite_allowed"))]),
        new("waits", "Waiting and cleaning up", [new("Start", Paths(K, "poll_interval poll_timeout resource_availability_check_max_attempts print_pod_warning_events")), new("End", Paths(K, "cleanup_grace_period_seconds pod_termination_grace_period_seconds cleanup_resources_timeout")), new("API of the cluster", Paths(K, "retry_limit retry_backoff_max retry_limits")), new("Directories", Paths(K, "logs_base_dir scripts_base_dir"))]),
        new("autoscaler", "Pause pods", [new("Room for jobs to come", Paths(K + "autoscaler.", "max_pause_pods pause_pod_image pause_pod_priority_class_name pause_pod_image_pull_secrets"))]),
        new("pod-spec", "Pod patches", []),
        new("rest", "Everything else", []),
        new("text", "Whole text", []),
    ];

    /// <summary>Lists of sections that a part of the form has, by its key.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<(string Path, string Title)>> Lists = new Dictionary<string, IReadOnlyList<(string, string)>>
    {
        ["volumes"] = [(K + "volumes.empty_dir", "Scratch (empty_dir)"), (K + "volumes.secret", "Secrets"), (K + "volumes.config_map", "ConfigMaps"), (K + "volumes.pvc", "Claims (pvc)"), (K + "volumes.csi", "CSI"), (K + "volumes.nfs", "NFS"), (K + "volumes.host_path", "Host paths")],
        ["network"] = [(K + "dns_config.options", "DNS options"), (K + "host_aliases", "Names of hosts"), (K + "services", "Services of every job")],
        ["autoscaler"] = [(K + "autoscaler.policy", "Policies; the last that fits holds")],
        ["pod-spec"] = [(K + "pod_spec", "Patches of the job pod; they run last and can undo every other setting")],
    };

    /// <summary>Keys that the form has as a small TOML text of their own.</summary>
    public static readonly IReadOnlyDictionary<string, (string Path, string Title)> Texts = new Dictionary<string, (string, string)> { ["scheduling"] = (K + "affinity", "Affinity") };

    private static IReadOnlyList<string> Paths(string prefix, string keys) => [.. keys.Split(' ').Select(key => prefix + key)];

    /// <summary>How many keys of this part are set.</summary>
    public int Count(ConfigDraft draft) => draft.Document is not { } document ? 0
        : Groups.SelectMany(group => group.Paths).Count(path => ConfigPath.Get(document.Root, path) is not null)
            + (Lists.TryGetValue(Key, out var lists) ? lists.Sum(list => ConfigFields.Items(document, list.Path)) : 0)
            + Matrices(Key).Count(path => ConfigPath.Get(document.Root, path) is not null);

    private static IEnumerable<string> Matrices(string key) => key switch
    {
        "resources" => ConfigMatrixPart.Containers.SelectMany(column => ConfigMatrixPart.Amounts.Concat(ConfigMatrixPart.Most).Select(row => column.Prefix + row.Key)),
        "security" => ConfigMatrixPart.Contexts.SelectMany(column => ConfigMatrixPart.Identities.Select(row => column.Prefix + row.Key)),
        _ => [],
    };
}

internal sealed record ConfigGroup(string Title, IReadOnlyList<string> Paths);
