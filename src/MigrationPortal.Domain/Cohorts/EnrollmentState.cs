namespace MigrationPortal.Domain.Cohorts;

/// <summary>How far a project is. Stored by name: never rename one.</summary>
public enum EnrollmentState
{
    /// <summary>Has its place; nobody was told.</summary>
    Selected,

    /// <summary>Its people were asked.</summary>
    Invited,

    /// <summary>They said yes, and it may move now.</summary>
    Accepted,

    /// <summary>They said yes, and the coin lets it wait: it is what the moved ones are compared with.</summary>
    Waitlisted,

    /// <summary>They said no.</summary>
    Declined,

    /// <summary>The change is wished for: a merge request is open, or GitLab is being asked.</summary>
    Moving,

    /// <summary>The change is in; no job has shown yet that it works.</summary>
    Moved,

    /// <summary>A job ran where it is meant to. With the target docker: a pin.</summary>
    Verified,

    /// <summary>The way back is wished for.</summary>
    Returning,

    /// <summary>What stood before stands again.</summary>
    Returned,

    /// <summary>A rule, GitLab or whoever closed the merge request said no to the change; the reason says which.</summary>
    Refused,

    /// <summary>Nothing of the enrollment is left in the project: it follows the phase for good.</summary>
    Graduated,

    /// <summary>Left its place before anything was changed: the cohort shrank, or an admin took it out.</summary>
    Withdrawn,
}

/// <summary>Which state may follow which, as data; whatever is not here is refused, by the use-cases and by the store.</summary>
public static class EnrollmentTransitions
{
    private static readonly Dictionary<EnrollmentState, EnrollmentState[]> Next = new()
    {
        // A volunteer has said yes by coming, and whom a group carries along is not asked.
        [EnrollmentState.Selected] = [EnrollmentState.Invited, EnrollmentState.Accepted, EnrollmentState.Withdrawn],
        [EnrollmentState.Invited] = [EnrollmentState.Accepted, EnrollmentState.Waitlisted, EnrollmentState.Declined, EnrollmentState.Withdrawn],
        [EnrollmentState.Accepted] = [EnrollmentState.Moving, EnrollmentState.Declined, EnrollmentState.Withdrawn],
        [EnrollmentState.Waitlisted] = [EnrollmentState.Accepted, EnrollmentState.Declined, EnrollmentState.Withdrawn],
        // Whoever changes their mind meets the same coin.
        [EnrollmentState.Declined] = [EnrollmentState.Accepted, EnrollmentState.Waitlisted, EnrollmentState.Withdrawn],
        // Back to Accepted: given up before anything was changed.
        [EnrollmentState.Moving] = [EnrollmentState.Moved, EnrollmentState.Accepted, EnrollmentState.Refused, EnrollmentState.Returning],
        // Moving again: another target, such as a pin.
        [EnrollmentState.Moved] = [EnrollmentState.Verified, EnrollmentState.Moving, EnrollmentState.Returning, EnrollmentState.Graduated],
        // Moved again: a pin whose CI file no longer asks for docker.
        [EnrollmentState.Verified] = [EnrollmentState.Moved, EnrollmentState.Moving, EnrollmentState.Returning, EnrollmentState.Graduated],
        // A return that does not come about leaves the project where it is: under way, or moved, and whether it still works there is seen anew.
        [EnrollmentState.Returning] = [EnrollmentState.Returned, EnrollmentState.Moved, EnrollmentState.Moving, EnrollmentState.Graduated],
        [EnrollmentState.Refused] = [EnrollmentState.Accepted, EnrollmentState.Withdrawn],
        // Whoever comes again gets a new enrollment: the history of the old one is closed.
        [EnrollmentState.Returned] = [],
        [EnrollmentState.Graduated] = [],
        [EnrollmentState.Withdrawn] = [],
    };

    public static IReadOnlyList<EnrollmentState> From(EnrollmentState state) => Next[state];

    public static bool Allows(EnrollmentState from, EnrollmentState to) => Next[from].Contains(to);

    /// <summary>The project has its place: no second enrollment beside it (a unique index enforces it).</summary>
    public static bool IsActive(this EnrollmentState state) =>
        state is not (EnrollmentState.Declined or EnrollmentState.Refused or EnrollmentState.Returned or EnrollmentState.Graduated or EnrollmentState.Withdrawn);

    /// <summary>Something of the portal's stands in the project, or is on its way: leaving then needs the way back.</summary>
    public static bool HasChangedSomething(this EnrollmentState state) =>
        state is EnrollmentState.Moving or EnrollmentState.Moved or EnrollmentState.Verified or EnrollmentState.Returning;
}
