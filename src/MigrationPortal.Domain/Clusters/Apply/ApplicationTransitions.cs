namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>From which state an application may go to which.</summary>
public static class ApplicationTransitions
{
    private static readonly Dictionary<ApplicationState, ApplicationState[]> Allowed = new()
    {
        [ApplicationState.Applying] = [ApplicationState.Verifying, ApplicationState.Unhealthy, ApplicationState.RollingBack],
        [ApplicationState.Verifying] = [ApplicationState.Healthy, ApplicationState.Unhealthy, ApplicationState.RollingBack],
        [ApplicationState.Waiting] = [ApplicationState.Healthy, ApplicationState.Unhealthy, ApplicationState.Cancelled],
        // A good one is also left again, for the one before it.
        [ApplicationState.Healthy] = [ApplicationState.RollingBack],
        [ApplicationState.Unhealthy] = [ApplicationState.RollingBack],
        [ApplicationState.RollingBack] = [ApplicationState.RolledBack, ApplicationState.Unhealthy],
        [ApplicationState.RolledBack] = [],
        [ApplicationState.Cancelled] = [],
    };

    public static bool May(ApplicationState from, ApplicationState to) => Allowed[from].Contains(to);
}
