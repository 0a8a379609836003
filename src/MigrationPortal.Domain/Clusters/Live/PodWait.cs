namespace MigrationPortal.Domain.Clusters.Live;

/// <summary>Why a pod does not run yet. The names are the API's words.</summary>
public enum WaitKind : byte
{
    /// <summary>The scheduler has not looked at it yet.</summary>
    Unscheduled,

    /// <summary>No node takes it.</summary>
    Unschedulable,

    /// <summary>Somebody holds it back by a scheduling gate.</summary>
    SchedulingGated,

    ImagePull,

    /// <summary>A volume cannot be mounted.</summary>
    Mount,

    /// <summary>Being created: images are pulled, volumes mounted, containers started.</summary>
    ContainerCreating,

    Initializing,

    /// <summary>A container cannot be created: its configuration is wrong.</summary>
    ContainerConfig,

    CrashLoop,

    /// <summary>Evicted, preempted, or its node goes away.</summary>
    Disrupted,

    Terminating,

    /// <summary>The pod sandbox, mostly the network, cannot be set up.</summary>
    Sandbox,

    Other,
}

/// <param name="Message">Kubernetes' own words, at most <see cref="LongestMessage"/> characters; null where it says nothing.</param>
public sealed record PodWait(WaitKind Kind, string? Message)
{
    public const int LongestMessage = 300;

    /// <summary>What it means and what to do, in a sentence.</summary>
    public string Words => Kind switch
    {
        WaitKind.Unscheduled => "The scheduler has not looked at it yet",
        WaitKind.Unschedulable => "No node takes it",
        WaitKind.SchedulingGated => "Held back by a scheduling gate: whoever set the gate takes it away",
        WaitKind.ImagePull => "An image cannot be pulled",
        WaitKind.Mount => "A volume cannot be mounted",
        WaitKind.ContainerCreating => "Containers are being created: images are pulled and volumes mounted",
        WaitKind.Initializing => "The init container runs",
        WaitKind.ContainerConfig => "A container cannot be created from its configuration",
        WaitKind.CrashLoop => "A container ends again and again",
        WaitKind.Disrupted => "Taken away by the cluster",
        WaitKind.Terminating => "Being deleted",
        WaitKind.Sandbox => "The pod's sandbox or network cannot be set up",
        _ => "Waits",
    };
}
