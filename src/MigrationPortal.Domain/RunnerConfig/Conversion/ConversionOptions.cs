namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>What the admin wishes of a conversion; the defaults change as little as possible.</summary>
public sealed record ConversionOptions
{
    public static ConversionOptions Default { get; } = new();

    /// <summary>The runner that will read the result: keys that it does not know are reported and not written. Null: the newest that is known.</summary>
    public Version? TargetVersion { get; init; }

    /// <summary>Of the job pods; null: left to the chart or the Operator.</summary>
    public string? Namespace { get; init; }

    /// <summary>For runners that name none.</summary>
    public string? DefaultImage { get; init; }

    public PrivilegeProfile Privileges { get; init; } = PrivilegeProfile.AsSource;

    /// <summary>Writes an S3 cache to be filled in where a runner has none.</summary>
    public bool ProposeCache { get; init; }

    /// <summary>What jobs of this runner were seen to use; null: requests are taken from the limits.</summary>
    public ObservedPeaks? Peaks { get; init; }
}

/// <summary>How much of docker's privilege is carried over.</summary>
public enum PrivilegeProfile
{
    /// <summary>Privileged stays where it was; directories of the host become claims.</summary>
    AsSource,

    /// <summary>Only services (docker-in-docker) stay privileged.</summary>
    ServicesOnly,

    /// <summary>Nothing is privileged, and no namespace of the host is joined.</summary>
    Hardened,

    /// <summary>As the source, and directories of the host are mounted from the node.</summary>
    Legacy,
}

/// <summary>Peaks of one job, such as the 95th percentile.</summary>
/// <param name="CpuCores">Null: not known.</param>
/// <param name="MemoryBytes">Null: not known.</param>
public sealed record ObservedPeaks(double? CpuCores, long? MemoryBytes);
