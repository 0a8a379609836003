namespace MigrationPortal.Domain.RunnerConfig.Model;

/// <summary>Privileges and identities of job pods.</summary>
public sealed record SecuritySettings
{
    public bool? Privileged { get; init; }

    public bool? AllowPrivilegeEscalation { get; init; }

    public IReadOnlyList<string>? CapAdd { get; init; }

    public IReadOnlyList<string>? CapDrop { get; init; }

    public string? RuntimeClassName { get; init; }

    /// <summary>Numbers of users that jobs may ask for, as texts.</summary>
    public IReadOnlyList<string>? AllowedUsers { get; init; }

    public IReadOnlyList<string>? AllowedGroups { get; init; }

    public PodContext? PodSecurityContext { get; init; }

    public ContainerContext? BuildContainerSecurityContext { get; init; }

    public ContainerContext? HelperContainerSecurityContext { get; init; }

    public ContainerContext? ServiceContainerSecurityContext { get; init; }

    public ContainerContext? InitPermissionsContainerSecurityContext { get; init; }
}

public sealed record PodContext
{
    public long? RunAsUser { get; init; }

    public long? RunAsGroup { get; init; }

    public bool? RunAsNonRoot { get; init; }

    public long? FsGroup { get; init; }

    public IReadOnlyList<long>? SupplementalGroups { get; init; }

    public string? SelinuxType { get; init; }

    public ProfileSettings? SeccompProfile { get; init; }

    public ProfileSettings? AppArmorProfile { get; init; }
}

public sealed record ContainerContext
{
    public long? RunAsUser { get; init; }

    public long? RunAsGroup { get; init; }

    public bool? RunAsNonRoot { get; init; }

    public bool? Privileged { get; init; }

    public bool? AllowPrivilegeEscalation { get; init; }

    public bool? ReadOnlyRootFilesystem { get; init; }

    public CapabilitySettings? Capabilities { get; init; }

    public string? SelinuxType { get; init; }

    public string? ProcMount { get; init; }

    public ProfileSettings? SeccompProfile { get; init; }

    public ProfileSettings? AppArmorProfile { get; init; }
}

/// <summary>Each, where it is set, replaces the runner's own list of the same kind.</summary>
public sealed record CapabilitySettings
{
    public IReadOnlyList<string>? Add { get; init; }

    public IReadOnlyList<string>? Drop { get; init; }
}

public sealed record ProfileSettings
{
    /// <summary><c>RuntimeDefault</c>, <c>Localhost</c> or <c>Unconfined</c>.</summary>
    public string? Type { get; init; }

    public string? LocalhostProfile { get; init; }
}
