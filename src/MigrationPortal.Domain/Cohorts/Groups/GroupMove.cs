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
    long Id, GroupId Group, string Path, string Variable, SharedMoveState State, GroupStood Original, IReadOnlyList<long> Projects, string? Reason, Actor By, DateTimeOffset Since, long Version)
{
    /// <exception cref="InvalidOperationException">The table of transitions forbids it: a bug, because refusals come before.</exception>
    public GroupMove Go(SharedMoveState to, Actor by, DateTimeOffset at, string? reason)
    {
        if (!SharedMoveTransitions.Allows(State, to)) throw new InvalidOperationException($"A group's move never goes from {State} to {to}.");
        return this with { State = to, By = by, Since = at, Reason = reason };
    }
}

/// <summary>What stood before the change, and what was set. Stored: names here are promises.</summary>
/// <param name="Value">Of the group's own variable; null: it had none.</param>
/// <param name="HasDefault">Something above the group sets the variable.</param>
/// <param name="Set">What the portal sets.</param>
public sealed record GroupStood(string? Value, bool HasDefault, string Set);
