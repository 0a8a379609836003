namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary>Volumes of job pods; each is mounted into build, helper, init-permissions and every service.</summary>
public sealed record VolumeSettings
{
    public IReadOnlyList<EmptyDirVolume>? EmptyDir { get; init; }

    public IReadOnlyList<HostPathVolume>? HostPath { get; init; }

    public IReadOnlyList<ClaimVolume>? Pvc { get; init; }

    public IReadOnlyList<ItemVolume>? ConfigMap { get; init; }

    public IReadOnlyList<ItemVolume>? Secret { get; init; }

    public IReadOnlyList<CsiVolume>? Csi { get; init; }

    public IReadOnlyList<NfsVolume>? Nfs { get; init; }
}

public sealed record EmptyDirVolume
{
    public string? Name { get; init; }

    public string? MountPath { get; init; }

    public string? SubPath { get; init; }

    /// <summary>Empty, or <c>Memory</c>, which counts against the container's memory.</summary>
    public string? Medium { get; init; }

    public string? SizeLimit { get; init; }

    public string? MountPropagation { get; init; }
}

public sealed record HostPathVolume
{
    public string? Name { get; init; }

    public string? MountPath { get; init; }

    public string? SubPath { get; init; }

    public bool? ReadOnly { get; init; }

    [ConfigName("host_path")]
    public string? Path { get; init; }

    public string? MountPropagation { get; init; }
}

public sealed record ClaimVolume
{
    /// <summary>Of the claim.</summary>
    public string? Name { get; init; }

    public string? MountPath { get; init; }

    public string? SubPath { get; init; }

    public bool? ReadOnly { get; init; }

    public string? MountPropagation { get; init; }
}

/// <summary>A ConfigMap or a Secret: its name is the volume's too, so it can be mounted once only.</summary>
public sealed record ItemVolume
{
    public string? Name { get; init; }

    public string? MountPath { get; init; }

    public string? SubPath { get; init; }

    public bool? ReadOnly { get; init; }

    /// <summary>Keys to paths below the mount.</summary>
    public IReadOnlyDictionary<string, string>? Items { get; init; }
}

public sealed record CsiVolume
{
    public string? Name { get; init; }

    public string? MountPath { get; init; }

    public string? SubPath { get; init; }

    public string? Driver { get; init; }

    public string? FsType { get; init; }

    public bool? ReadOnly { get; init; }

    public IReadOnlyDictionary<string, string>? VolumeAttributes { get; init; }
}

public sealed record NfsVolume
{
    public string? Name { get; init; }

    public string? MountPath { get; init; }

    public string? SubPath { get; init; }

    public string? Server { get; init; }

    public string? Path { get; init; }

    public bool? ReadOnly { get; init; }
}
