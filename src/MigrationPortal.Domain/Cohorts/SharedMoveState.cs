namespace MigrationPortal.Domain.Cohorts;

/// <summary>How far a change is that moves many projects at once: a group's variable, a template. Stored by name: never rename one.</summary>
public enum SharedMoveState
{
    /// <summary>What stood is stored; GitLab is being asked, or people have the merge request before them.</summary>
    Moving,

    /// <summary>The change stands, and the projects that it carries have their places.</summary>
    Moved,

    /// <summary>The way back is wished for.</summary>
    Returning,

    /// <summary>What stood before stands again.</summary>
    Returned,

    /// <summary>GitLab or whoever closed the merge request said no, and nothing was changed.</summary>
    Refused,
}

/// <summary>Which state may follow which, as data.</summary>
public static class SharedMoveTransitions
{
    private static readonly Dictionary<SharedMoveState, SharedMoveState[]> Next = new()
    {
        [SharedMoveState.Moving] = [SharedMoveState.Moved, SharedMoveState.Refused, SharedMoveState.Returning],
        [SharedMoveState.Moved] = [SharedMoveState.Returning],
        // A return that does not come about leaves it where it is.
        [SharedMoveState.Returning] = [SharedMoveState.Returned, SharedMoveState.Moved],
        [SharedMoveState.Returned] = [],
        [SharedMoveState.Refused] = [],
    };

    public static bool Allows(SharedMoveState from, SharedMoveState to) => Next[from].Contains(to);

    /// <summary>Something of the portal's stands, or is on its way: no second one beside it.</summary>
    public static bool IsActive(this SharedMoveState state) => state is SharedMoveState.Moving or SharedMoveState.Moved or SharedMoveState.Returning;
}
