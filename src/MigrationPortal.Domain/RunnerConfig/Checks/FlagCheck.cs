namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Feature flags: their names, their values, and the place where they are read.</summary>
public sealed class FlagCheck : ConfigCheck
{
    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "FF_CLEAN_UP_FAILED_CACHE_EXTRACT", "FF_CONCRETE", "FF_DISABLE_AUTOMATIC_TOKEN_ROTATION", "FF_DISABLE_POWERSHELL_STDIN", "FF_DISABLE_UMASK_FOR_DOCKER_EXECUTOR", "FF_DISABLE_UMASK_FOR_KUBERNETES_EXECUTOR",
        "FF_ENABLE_BASH_EXIT_CODE_CHECK", "FF_ENABLE_JOB_CLEANUP", "FF_ENABLE_JOB_INPUTS_INTERPOLATION", "FF_EXPORT_HIGH_CARDINALITY_METRICS", "FF_GIT_URLS_WITHOUT_TOKENS", "FF_HASH_CACHE_KEYS", "FF_KUBERNETES_HONOR_ENTRYPOINT",
        "FF_LOG_IMAGES_CONFIGURED_FOR_JOB", "FF_MASK_ALL_DEFAULT_TOKENS", "FF_NETWORK_PER_BUILD", "FF_POSIXLY_CORRECT_ESCAPES", "FF_PRINT_POD_EVENTS", "FF_RESOLVE_FULL_TLS_CHAIN", "FF_SCRIPT_SECTIONS", "FF_SCRIPT_TO_STEP_MIGRATION",
        "FF_SECRET_RESOLVING_FAILS_IF_MISSING", "FF_SUSPENDABLE_ENVIRONMENTS", "FF_TEST_FEATURE", "FF_TIMESTAMPS", "FF_USE_ADAPTIVE_REQUEST_CONCURRENCY", "FF_USE_ADVANCED_POD_SPEC_CONFIGURATION", "FF_USE_DIRECT_DOWNLOAD",
        "FF_USE_DOCKER_AUTOSCALER_DIAL_STDIO", "FF_USE_DUMB_INIT_WITH_KUBERNETES_EXECUTOR", "FF_USE_DYNAMIC_TRACE_FORCE_SEND_INTERVAL", "FF_USE_EXPONENTIAL_BACKOFF_STAGE_RETRY", "FF_USE_FASTZIP", "FF_USE_FLEETING_ACQUIRE_HEARTBEATS",
        "FF_USE_GITALY_CORRELATION_ID", "FF_USE_GIT_BUNDLE_URIS", "FF_USE_GIT_NATIVE_CLONE", "FF_USE_GIT_PROACTIVE_AUTH", "FF_USE_INIT_WITH_DOCKER_EXECUTOR", "FF_USE_JOB_ROUTER", "FF_USE_LEGACY_BASH_EVAL", "FF_USE_LEGACY_GCS_CACHE_ADAPTER",
        "FF_USE_LEGACY_KUBERNETES_EXECUTION_STRATEGY", "FF_USE_LEGACY_S3_CACHE_ADAPTER", "FF_USE_NATIVE_CONTAINER_STOP", "FF_USE_PARALLEL_ARTIFACT_TRANSFER", "FF_USE_PARALLEL_CACHE_TRANSFER", "FF_USE_POD_ACTIVE_DEADLINE_SECONDS",
        "FF_USE_POWERSHELL_PATH_RESOLVER", "FF_USE_WINDOWS_JOB_OBJECT", "FF_USE_WINDOWS_LEGACY_PROCESS_STRATEGY", "FF_WAIT_FOR_POD_TO_BE_REACHABLE",
    };

    private const int LongestName = 200;

    private static readonly (string Name, string Bare)[] Squashed = [.. Known.Select(name => (name, NameDistance.Squash(name)))];

    // With what stands in for them on Kubernetes.
    private static readonly Dictionary<string, string> OfDocker = new(StringComparer.Ordinal)
    {
        ["FF_NETWORK_PER_BUILD"] = "All containers of a job share one network there; take it out.",
        ["FF_DISABLE_UMASK_FOR_DOCKER_EXECUTOR"] = "Write FF_DISABLE_UMASK_FOR_KUBERNETES_EXECUTOR in its place.",
        ["FF_USE_INIT_WITH_DOCKER_EXECUTOR"] = "Write FF_USE_DUMB_INIT_WITH_KUBERNETES_EXECUTOR in its place.",
    };

    public override IEnumerable<ConfigFinding> Look(CheckedConfig config)
    {
        foreach (var use in config.Uses)
        {
            if (use.Map is { Path: "runners[].feature_flags" })
            {
                if (Judge(use, use.NameInMap!, config) is { } found) yield return found;
            }
            else if (use is { Key.Path: "runners[].environment", Node: ConfigList list })
                foreach (var entry in list.Items.OfType<ConfigScalar>().Where(entry => entry.Value is string text && text.StartsWith("FF_", StringComparison.Ordinal)))
                    foreach (var found in Entry(use, entry, config)) yield return found with { Line = entry.Line };
        }
    }

    private static IEnumerable<ConfigFinding> Entry(KeyUse use, ConfigScalar entry, CheckedConfig config)
    {
        var parts = ((string)entry.Value).Split('=', 2);
        if (Judge(use, parts[0].Trim(), config) is { } found) yield return found;
        if (parts.Length < 2 || parts[1].Trim() is not ("1" or "t" or "T" or "true" or "TRUE" or "True" or "0" or "f" or "F" or "false" or "FALSE" or "False"))
            yield return Found(CheckCodes.BadValue, CheckSeverity.Error, use, $"The value of {Short(parts[0])} is neither true nor false: the flag stays as it is.", $"Write {Short(parts[0])}=true, or {Short(parts[0])} = true in [runners.feature_flags].");
    }

    private static ConfigFinding? Judge(KeyUse use, string name, CheckedConfig config)
    {
        if (OfDocker.TryGetValue(name, out var instead) && config.IsOnKubernetes(use))
            return Found(CheckCodes.UnknownFlag, CheckSeverity.Info, use, $"{name} has no effect on Kubernetes.", instead);
        if (Known.Contains(name)) return null;
        var bare = name.Length > LongestName ? "" : NameDistance.Squash(name);
        var near = Squashed.FirstOrDefault(known => known.Bare == bare).Name ?? Squashed.FirstOrDefault(known => NameDistance.AreNear(bare, known.Bare, out _)).Name;
        return Found(CheckCodes.UnknownFlag, CheckSeverity.Warning, use, $"gitlab-runner knows no feature flag {Short(name)} (any more): it has no effect.{(near is null ? "" : $" Did you mean {near}?")}", near is null ? "Take it out." : $"Write {near}.");
    }

    private static string Short(string text) => text.Length <= 80 ? text : text[..80] + "…";
}
