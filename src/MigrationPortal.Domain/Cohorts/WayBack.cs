namespace MigrationPortal.Domain.Cohorts;

/// <summary>What "back" means for a project.</summary>
public enum Back
{
    /// <summary>Nothing has moved, so there is nothing to go back from.</summary>
    Nothing,

    /// <summary>Take out what the move put in: jobs run on docker as before, because docker still takes them.</summary>
    TakeOptInOut,

    /// <summary>Target docker: only the fallback tag still leads there.</summary>
    PinToDocker,

    /// <summary>docker is no longer there: the page says so and offers help.</summary>
    None,
}

/// <summary>What "back" means depends on the phase (product.md, Cohorts and self-service).</summary>
public static class WayBack
{
    private static readonly Back[] ByPhase = [Back.TakeOptInOut, Back.TakeOptInOut, Back.PinToDocker, Back.PinToDocker, Back.None, Back.None];

    /// <param name="phase">0 to 5; null before the first is reached.</param>
    /// <param name="evacuated">Everything of Kubernetes was taken back: docker takes untagged jobs as before.</param>
    public static Back In(int? phase, bool evacuated) => phase is null ? Back.Nothing : evacuated ? Back.TakeOptInOut : ByPhase[phase.Value];
}
