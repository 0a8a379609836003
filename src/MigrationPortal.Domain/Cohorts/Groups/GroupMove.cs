using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Groups;

/// <summary>One group's variable, set by the portal to lead the jobs of the group's projects, or on its way there or back.</summary>
/// <param name="Path">The group's full path when it was moved.</param>
/// <param name="Variable">Its key; the scope is always every environment.</param>
/// <param name="Projects">Those that it carries along, by number.</param>
/// <param name="Reason">Of the last change.</param>
/// <param name="Since">When it came into its state, the instance's time.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record GroupMove(
    long Id, GroupId Group, string Path, string Variable, GroupMoveState State, GroupStood Original, IReadOnlyList<long> Projects, string? Reason, Actor By, DateTimeOffset Since, long Version)
{
    /// <exception cref="InvalidOperationException">The table of transitions forbids it: a bug, because refusals come before.</exception>
    public GroupMove Go(GroupMoveState to, Actor by, DateTimeOffset at, string? reason)
    {
        if (!GroupMoveTransitions.Allows(State, to)) throw new InvalidOperationException($"A group's move never goes from {State} to {to}.");
        return this with { State = to, By = by, Since = at, Reason = reason };
    }
}

/// <summary>What stood before the change, and what was set. Stored: names here are promises.</summary>
/// <param name="Value">Of the group's own variable; null: it had none.</param>
/// <param name="HasDefault">Something above the group sets the variable.</param>
/// <param name="Set">What the portal sets.</param>
public sealed record GroupStood(string? Value, bool HasDefault, string Set);

/// <summary>Stored by name: never rename one.</summary>
public enum GroupMoveState
{
    /// <summary>What stood is stored; GitLab is being asked.</summary>
    Moving,

    /// <summary>The variable is set, and the projects that it carries have their places.</summary>
    Moved,

    /// <summary>The way back is wished for.</summary>
    Returning,

    /// <summary>What stood before stands again.</summary>
    Returned,

    /// <summary>GitLab said no, and nothing was changed.</summary>
    Refused,
}

/// <summary>Which state may follow which, as data.</summary>
public static class GroupMoveTransitions
{
    private static readonly Dictionary<GroupMoveState, GroupMoveState[]> Next = new()
    {
        [GroupMoveState.Moving] = [GroupMoveState.Moved, GroupMoveState.Refused, GroupMoveState.Returning],
        [GroupMoveState.Moved] = [GroupMoveState.Returning],
        // A return that does not come about leaves the group where it is.
        [GroupMoveState.Returning] = [GroupMoveState.Returned, GroupMoveState.Moved],
        [GroupMoveState.Returned] = [],
        [GroupMoveState.Refused] = [],
    };

    public static bool Allows(GroupMoveState from, GroupMoveState to) => Next[from].Contains(to);

    /// <summary>Something of the portal's stands in the group, or is on its way: no second one of the same variable beside it.</summary>
    public static bool IsActive(this GroupMoveState state) => state is GroupMoveState.Moving or GroupMoveState.Moved or GroupMoveState.Returning;
}
