namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <param name="Code">Stable: scripts wait for it.</param>
/// <param name="Means">In a sentence.</param>
public sealed record CheckCode(string Code, string Means);

/// <summary>Every code of <see cref="ConfigFinding"/> with what it means.</summary>
public static class CheckCodes
{
    public const string Syntax = "syntax";
    public const string UnknownKey = "unknown-key";
    public const string WrongSection = "wrong-section";
    public const string RemovedKey = "removed-key";
    public const string TooNew = "too-new";
    public const string NotReleased = "not-released";
    public const string WrongType = "wrong-type";
    public const string BadValue = "bad-value";
    public const string BadQuantity = "bad-quantity";
    public const string RequestAboveLimit = "request-above-limit";
    public const string AboveOverwriteMax = "above-overwrite-max";
    public const string MissingLimit = "missing-limit";
    public const string HelperMemory = "helper-memory";
    public const string ShortPollTimeout = "short-poll-timeout";
    public const string NoAvailabilityCheck = "no-availability-check";
    public const string BadPattern = "bad-pattern";
    public const string UnanchoredPattern = "unanchored-pattern";
    public const string OpenOverwrite = "open-overwrite";
    public const string BadLabel = "bad-label";
    public const string ReservedLabel = "reserved-label";
    public const string BadVolume = "bad-volume";
    public const string DuplicateVolume = "duplicate-volume";
    public const string ReservedVolume = "reserved-volume";
    public const string DeadAllowlist = "dead-allowlist";
    public const string BadAllowlist = "bad-allowlist";
    public const string RootAllowed = "root-allowed";
    public const string RootPossible = "root-possible";
    public const string NonRootConflict = "non-root-conflict";
    public const string CapabilityTrap = "capability-trap";
    public const string UnsafeProfile = "unsafe-profile";
    public const string PodSpecOff = "pod-spec-off";
    public const string BadPodSpec = "bad-pod-spec";
    public const string PodSpecDefeatsPolicy = "pod-spec-defeats-policy";
    public const string PodSecurityRefuses = "pod-security-refuses";
    public const string NoNetworkPolicy = "no-network-policy";
    public const string PullPolicy = "pull-policy";
    public const string MissingImage = "missing-image";
    public const string MissingNamespace = "missing-namespace";
    public const string MissingCache = "missing-cache";
    public const string BadCache = "bad-cache";
    public const string BadSchedule = "bad-schedule";
    public const string NeedsRights = "needs-rights";
    public const string NoBootVerify = "no-boot-verify";
    public const string MissingKey = "missing-key";
    public const string Template = "template";
    public const string NoRunners = "no-runners";
    public const string SharedToken = "shared-token";
    public const string UnusedSection = "unused-section";
    public const string DeprecatedExecutor = "deprecated-executor";
    public const string NoMetrics = "no-metrics";
    public const string SecretInClear = "secret-in-clear";
    public const string NotExpanded = "not-expanded";
    public const string HelmTemplate = "helm-template";
    public const string UnknownFlag = "unknown-flag";
    public const string BadAlias = "bad-alias";
    public const string PortClash = "port-clash";
    public const string Windows = "windows";
    public const string HelperSkew = "helper-skew";

    /// <summary>In the order in which a file is judged: its form, its values, what they do together.</summary>
    public static readonly IReadOnlyList<CheckCode> All =
    [
        new(Syntax, "The text is no TOML; gitlab-runner refuses the whole file."),
        new(UnknownKey, "gitlab-runner does not know the key and ignores it in silence."),
        new(WrongSection, "The key is known, but not in this section; it is ignored in silence."),
        new(RemovedKey, "An older gitlab-runner knew the key; today it is ignored in silence."),
        new(TooNew, "The gitlab-runner that is meant is older than the key, and ignores it in silence."),
        new(NotReleased, "No released gitlab-runner knows the key yet."),
        new(WrongType, "The value has another type than the key takes; the file does not load."),
        new(BadValue, "The key does not take this value."),
        new(BadQuantity, "The amount is no Kubernetes quantity, or cannot be meant."),
        new(RequestAboveLimit, "A request is above its limit; Kubernetes refuses the pod."),
        new(AboveOverwriteMax, "What is set is above the most that a job may set itself."),
        new(MissingLimit, "Containers have no request or no limit."),
        new(HelperMemory, "The helper needs 250Mi or more for caches and artifacts."),
        new(ShortPollTimeout, "Pods with large images need more time to start."),
        new(NoAvailabilityCheck, "A missing service account or pull secret is noticed late."),
        new(BadPattern, "The regular expression does not compile."),
        new(UnanchoredPattern, "The regular expression matches parts of names, too."),
        new(OpenOverwrite, "Jobs may choose any value."),
        new(BadLabel, "A label or annotation is not legal."),
        new(ReservedLabel, "Labels of runner.gitlab.com are left out in silence."),
        new(BadVolume, "A volume that Kubernetes or gitlab-runner refuses."),
        new(DuplicateVolume, "Two volumes with one name, or two mounts at one path; Kubernetes refuses the pod."),
        new(ReservedVolume, "gitlab-runner makes a volume of that name itself."),
        new(DeadAllowlist, "Security contexts decide, so the allowlist has no effect."),
        new(BadAllowlist, "The allowlist has entries that match nothing."),
        new(RootAllowed, "Jobs may run as root."),
        new(RootPossible, "An image may still run as root."),
        new(NonRootConflict, "It must not be root and is told to be root; Kubernetes refuses the container."),
        new(CapabilityTrap, "Capabilities come out otherwise than they are written."),
        new(UnsafeProfile, "A job can reach more than its pod."),
        new(PodSpecOff, "pod_spec has no effect without its feature flag."),
        new(BadPodSpec, "A patch of the pod cannot be used."),
        new(PodSpecDefeatsPolicy, "A patch of the pod undoes what other keys protect."),
        new(PodSecurityRefuses, "The namespace's Pod Security level refuses such pods."),
        new(NoNetworkPolicy, "No network policy holds the job pods."),
        new(HelperSkew, "The helper image is pinned to another release than the manager's."),
        new(PullPolicy, "Pull policies of the runner and of jobs do not fit."),
        new(MissingImage, "A job without an image of its own fails."),
        new(MissingNamespace, "Job pods run in the namespace default."),
        new(MissingCache, "Jobs have no cache."),
        new(BadCache, "The cache is not set up in full."),
        new(BadSchedule, "A schedule that is not read, or in a time zone that is not known."),
        new(NeedsRights, "The manager needs more rights than usual."),
        new(NoBootVerify, "Nothing tests the runner when it starts."),
        new(MissingKey, "A key that is needed is missing."),
        new(Template, "It is a template for registration, not a whole file."),
        new(NoRunners, "There is no runner in it."),
        new(SharedToken, "Several runners share one token."),
        new(UnusedSection, "The runner's executor does not read the section, or a section that it reads is missing."),
        new(DeprecatedExecutor, "The executor is going away."),
        new(NoMetrics, "Nobody can scrape the runner's figures."),
        new(SecretInClear, "A secret stands in the file."),
        new(NotExpanded, "A variable stands where gitlab-runner expands none."),
        new(HelmTemplate, "Helm reads the braces before gitlab-runner does."),
        new(UnknownFlag, "A feature flag that is not known, or in the wrong place."),
        new(BadAlias, "The name of a service is no DNS name."),
        new(PortClash, "Services of one pod listen on one port."),
        new(Windows, "What is set does not work on Windows nodes."),
    ];
}
