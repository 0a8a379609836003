namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary><c>[runners.kubernetes]</c>, its keys in the groups in which they are thought about.</summary>
public sealed record KubernetesSettings
{
    public string? Namespace { get; init; }

    public string? NamespaceOverwriteAllowed { get; init; }

    public bool? NamespacePerJob { get; init; }

    public string? ServiceAccount { get; init; }

    public string? ServiceAccountOverwriteAllowed { get; init; }

    public bool? AutomountServiceAccountToken { get; init; }

    [ConfigPart]
    public ImageSettings Images { get; init; } = new();

    [ConfigPart]
    public ResourceSettings Build { get; init; } = new();

    [ConfigPart("service_")]
    public ResourceSettings Service { get; init; } = new();

    [ConfigPart("helper_")]
    public ResourceSettings Helper { get; init; } = new();

    /// <summary>Of the whole pod; without ephemeral storage.</summary>
    [ConfigPart("pod_")]
    public PodResourceSettings Pod { get; init; } = new();

    [ConfigPart]
    public SecuritySettings Security { get; init; } = new();

    [ConfigPart]
    public SchedulingSettings Scheduling { get; init; } = new();

    [ConfigPart]
    public PodSettings Pods { get; init; } = new();

    [ConfigPart]
    public WaitSettings Waits { get; init; } = new();

    public VolumeSettings? Volumes { get; init; }

    public IReadOnlyList<ServiceSettings>? Services { get; init; }

    public PauseSettings? Autoscaler { get; init; }

    public IReadOnlyList<PodSpecPatch>? PodSpec { get; init; }
}

public sealed record ImageSettings
{
    /// <summary>For jobs that name none.</summary>
    public string? Image { get; init; }

    public string? HelperImage { get; init; }

    public string? HelperImageFlavor { get; init; }

    public bool? HelperImageAutosetArchAndOs { get; init; }

    /// <summary><c>always</c>, <c>if-not-present</c>, <c>never</c>: tried in this order.</summary>
    public IReadOnlyList<string>? PullPolicy { get; init; }

    public IReadOnlyList<string>? AllowedPullPolicies { get; init; }

    /// <summary>Names of Secrets.</summary>
    public IReadOnlyList<string>? ImagePullSecrets { get; init; }

    public bool? UseServiceAccountImagePullSecrets { get; init; }

    public IReadOnlyList<string>? AllowedImages { get; init; }

    public IReadOnlyList<string>? AllowedServices { get; init; }
}

/// <summary>Kubernetes quantities; <c>…OverwriteMaxAllowed</c> unset: jobs may not change it.</summary>
public sealed record ResourceSettings
{
    public string? CpuRequest { get; init; }

    public string? CpuLimit { get; init; }

    public string? MemoryRequest { get; init; }

    public string? MemoryLimit { get; init; }

    public string? EphemeralStorageRequest { get; init; }

    public string? EphemeralStorageLimit { get; init; }

    public string? CpuRequestOverwriteMaxAllowed { get; init; }

    public string? CpuLimitOverwriteMaxAllowed { get; init; }

    public string? MemoryRequestOverwriteMaxAllowed { get; init; }

    public string? MemoryLimitOverwriteMaxAllowed { get; init; }

    public string? EphemeralStorageRequestOverwriteMaxAllowed { get; init; }

    public string? EphemeralStorageLimitOverwriteMaxAllowed { get; init; }
}

/// <inheritdoc cref="ResourceSettings"/>
public sealed record PodResourceSettings
{
    public string? CpuRequest { get; init; }

    public string? CpuLimit { get; init; }

    public string? MemoryRequest { get; init; }

    public string? MemoryLimit { get; init; }

    public string? CpuRequestOverwriteMaxAllowed { get; init; }

    public string? CpuLimitOverwriteMaxAllowed { get; init; }

    public string? MemoryRequestOverwriteMaxAllowed { get; init; }

    public string? MemoryLimitOverwriteMaxAllowed { get; init; }
}

/// <summary>Jobs wait for what is said here; see <c>poll_timeout</c> where images are big.</summary>
public sealed record WaitSettings
{
    /// <summary>Seconds.</summary>
    public long? PollInterval { get; init; }

    /// <summary>Seconds until a pod must have started.</summary>
    public long? PollTimeout { get; init; }

    public long? ResourceAvailabilityCheckMaxAttempts { get; init; }

    /// <summary>Seconds.</summary>
    public long? CleanupGracePeriodSeconds { get; init; }

    /// <summary>Seconds.</summary>
    public long? PodTerminationGracePeriodSeconds { get; init; }

    public string? CleanupResourcesTimeout { get; init; }

    public long? RetryLimit { get; init; }

    /// <summary>Milliseconds.</summary>
    public long? RetryBackoffMax { get; init; }

    public IReadOnlyDictionary<string, long>? RetryLimits { get; init; }

    public bool? PrintPodWarningEvents { get; init; }
}

/// <summary>A service that every job gets.</summary>
public sealed record ServiceSettings
{
    public string? Name { get; init; }

    public string? Alias { get; init; }

    public IReadOnlyList<string>? Command { get; init; }

    public IReadOnlyList<string>? Entrypoint { get; init; }

    public IReadOnlyList<string>? Environment { get; init; }
}

/// <summary>Pods that hold room for jobs to come.</summary>
public sealed record PauseSettings
{
    /// <summary>0: no limit.</summary>
    public long? MaxPausePods { get; init; }

    public string? PausePodImage { get; init; }

    public string? PausePodPriorityClassName { get; init; }

    public IReadOnlyList<string>? PausePodImagePullSecrets { get; init; }

    public IReadOnlyList<PausePolicy>? Policy { get; init; }
}

public sealed record PausePolicy
{
    /// <summary>Cron, five fields.</summary>
    public IReadOnlyList<string>? Periods { get; init; }

    public string? Timezone { get; init; }

    public long? IdleCount { get; init; }

    public string? IdleTime { get; init; }

    public double? ScaleFactor { get; init; }

    public long? ScaleFactorLimit { get; init; }
}

/// <summary>A patch of the job pod. It runs last and can undo every other setting.</summary>
public sealed record PodSpecPatch
{
    public string? Name { get; init; }

    /// <summary>YAML or JSON.</summary>
    public string? Patch { get; init; }

    public string? PatchPath { get; init; }

    /// <summary><c>strategic</c>, <c>merge</c> or <c>json</c>.</summary>
    public string? PatchType { get; init; }
}
