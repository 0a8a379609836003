namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>From which state a surge may go to which. There is one way back, whether it came to lend or not.</summary>
public static class SurgeTransitions
{
    private static readonly Dictionary<SurgeState, SurgeState[]> Allowed = new()
    {
        [SurgeState.Starting] = [SurgeState.Lending, SurgeState.Pausing],
        [SurgeState.Lending] = [SurgeState.Pausing],
        [SurgeState.Pausing] = [SurgeState.Draining],
        [SurgeState.Draining] = [SurgeState.Removing],
        [SurgeState.Removing] = [SurgeState.Restoring],
        [SurgeState.Restoring] = [SurgeState.Ended, SurgeState.Undone],
        [SurgeState.Ended] = [],
        [SurgeState.Undone] = [],
    };

    public static bool May(SurgeState from, SurgeState to) => Allowed[from].Contains(to);
}
