namespace MigrationPortal.Simulator;

internal enum ManagerState
{
    /// <summary>Its image is on the way.</summary>
    Pulling,

    /// <summary>A Secret or ConfigMap it names is not there.</summary>
    Waiting,

    Running,

    /// <summary>Its process ends again and again; it is started anew after a while.</summary>
    BackOff,

    /// <summary>It is asked to go, and goes when its last job has ended or its grace is over.</summary>
    Ending,
}

/// <summary>A pod of a Deployment, and the runner processes of the world that live in it.</summary>
internal sealed class ManagerPod(string space, string name, string deployment, string hash)
{
    public string Space => space;

    public string Name => name;

    public string Deployment => deployment;

    /// <summary>Of the template it was made from.</summary>
    public string Hash => hash;

    public ManagerState State { get; set; } = ManagerState.Pulling;

    /// <summary>When something happens by itself; null: nothing does.</summary>
    public DateTimeOffset? Due { get; set; }

    public int Restarts { get; set; }

    public List<ManagerLink> Links { get; set; } = [];

    public bool IsReady => State == ManagerState.Running;

    public bool IsEnding => State == ManagerState.Ending;
}

/// <summary>One <c>[[runners]]</c> of a pod that GitLab knows as a manager.</summary>
internal sealed record ManagerLink(Instance Instance, int ManagerId, string SystemId, int Concurrent, RunnerSection Section)
{
    public bool IsUp => Instance.Do(world => world.Fleet.FindManager(ManagerId) is { IsUp: true });
}
