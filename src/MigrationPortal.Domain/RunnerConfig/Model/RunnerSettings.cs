namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary>One <c>[[runners]]</c>.</summary>
public sealed record RunnerSettings
{
    public string? Name { get; init; }

    public string? Url { get; init; }

    public string? CloneUrl { get; init; }

    [ConfigName("tls-ca-file")]
    public string? TlsCaFile { get; init; }

    public string? Executor { get; init; }

    /// <summary>Jobs of this runner at the same time; 0 is no limit.</summary>
    public long? Limit { get; init; }

    public long? RequestConcurrency { get; init; }

    public bool? StrictCheckInterval { get; init; }

    /// <summary>KiB of a job's log.</summary>
    public long? OutputLimit { get; init; }

    public string? BuildsDir { get; init; }

    public string? CacheDir { get; init; }

    public string? Shell { get; init; }

    /// <summary>Each <c>NAME=value</c>.</summary>
    public IReadOnlyList<string>? Environment { get; init; }

    public string? PreGetSourcesScript { get; init; }

    public string? PostGetSourcesScript { get; init; }

    public string? PreBuildScript { get; init; }

    public string? PostBuildScript { get; init; }

    public string? PrepareTimeout { get; init; }

    public string? GetSourcesTimeout { get; init; }

    public bool? DebugTraceDisabled { get; init; }

    public bool? SafeDirectoryCheckout { get; init; }

    public bool? CleanGitConfig { get; init; }

    public long? UnhealthyRequestsLimit { get; init; }

    public string? UnhealthyInterval { get; init; }

    public IReadOnlyDictionary<string, bool>? FeatureFlags { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public CustomBuildDirSettings? CustomBuildDir { get; init; }

    public CacheSettings? Cache { get; init; }

    public ExperimentalSettings? Experimental { get; init; }

    public KubernetesSettings? Kubernetes { get; init; }

    /// <inheritdoc cref="FeatureFlag.IsOn"/>
    public bool IsOn(string flag, bool otherwise = false) => FeatureFlag.IsOn(flag, FeatureFlags?.TryGetValue(flag, out var set) == true ? set : null, Environment, otherwise);
}

public sealed record CustomBuildDirSettings
{
    public bool? Enabled { get; init; }
}

public sealed record ExperimentalSettings
{
    public BootVerifySettings? BootVerify { get; init; }
}

public sealed record BootVerifySettings
{
    public bool? Enabled { get; init; }

    public string? Timeout { get; init; }
}
