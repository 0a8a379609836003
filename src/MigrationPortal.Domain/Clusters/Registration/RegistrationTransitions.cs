namespace MigrationPortal.Domain.Clusters.Registration;

/// <summary>From which state a registration may go to which.</summary>
public static class RegistrationTransitions
{
    private static readonly Dictionary<RegistrationState, RegistrationState[]> Allowed = new()
    {
        [RegistrationState.Creating] = [RegistrationState.Delivering, RegistrationState.Undoing],
        [RegistrationState.Delivering] = [RegistrationState.Applying, RegistrationState.Waiting, RegistrationState.Undoing],
        [RegistrationState.Applying] = [RegistrationState.Done, RegistrationState.Undoing],
        [RegistrationState.Waiting] = [RegistrationState.Done, RegistrationState.Undoing],
        // As long as its runner has no jobs.
        [RegistrationState.Done] = [RegistrationState.Undoing],
        [RegistrationState.Undoing] = [RegistrationState.Undone, RegistrationState.Left],
        [RegistrationState.Undone] = [],
        // Tried again by a click.
        [RegistrationState.Left] = [RegistrationState.Undoing],
    };

    public static bool May(RegistrationState from, RegistrationState to) => Allowed[from].Contains(to);
}
