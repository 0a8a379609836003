namespace MigrationPortal.Domain.Gates;

/// <summary>Which evidence judges a step (product.md, Gates, second table).</summary>
public enum GateStage
{
    /// <summary>Into the first two phases: nothing runs on Kubernetes yet, so only health is judged.</summary>
    Start,

    /// <summary>Opt-in to untagged takeover: moved against waitlisted projects, and projects that moved in part.</summary>
    Cohort,

    /// <summary>The ramp of the takeover and out of it: the same projects on both executors at the same time.</summary>
    Overlap,

    /// <summary>To decommission: the last pass of the takeover still stands, and nobody needs the fallback.</summary>
    Fallback,

    /// <summary>The end: nobody asks for what ends.</summary>
    End,
}

public static class GateStages
{
    /// <summary>Whether Kubernetes is compared with docker there, over a bake and planned looks.</summary>
    public static bool Compares(this GateStage stage) => stage is GateStage.Cohort or GateStage.Overlap;
}
