namespace MigrationPortal.World;

/// <summary>Why a job ended as it did: the truth that GitLab's failure reason only hints at.</summary>
public enum Cause : byte
{
    /// <summary>Not finished, or finished well.</summary>
    None,

    /// <summary>The job's own script or code.</summary>
    Script,

    /// <summary>Base infrastructure trouble of the executor.</summary>
    Infrastructure,

    /// <summary>An incident in its reach.</summary>
    Incident,

    /// <summary>Its runner went dark or was stopped under it.</summary>
    RunnerLost,

    /// <summary>No matching runner took it in time.</summary>
    NoRunner,

    /// <summary>It ran longer than allowed.</summary>
    Timeout,

    /// <summary>Somebody canceled it.</summary>
    Canceled,

    /// <summary>Something in its CI file that works on docker and cannot on Kubernetes: the ones below, each by what it is.</summary>
    Ping,
    DockerSocket,
    DindUnprivileged,
    OutOfMemory,
    ServiceAlias,
    HostPath,
    SharedMemory,
    PullPolicy,
    LocalImage,
    ServicePortClash,
    KernelOperation,
    SlowImagePull,
    EgressBlocked,
    DoubleUnderscoreHost,
    Device,

    /// <summary>Its image is not on the runner's list.</summary>
    ImageNotAllowed,
}

public static class Causes
{
    /// <summary>True for what a CI file holds that Kubernetes refuses.</summary>
    public static bool IsIncompatibility(this Cause cause) => cause >= Cause.Ping;
}
