using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Groups;

/// <summary>Sets and restores exactly one key of a group, for all environments. What somebody else set meanwhile is never overwritten.</summary>
public sealed class GroupVariableWrite(IVariableDesk variables)
{
    /// <returns>Null when it stands. <c>changed-meanwhile</c> when it is neither what stood nor what was to be set.</returns>
    public Task<Refusal?> SetAsync(GroupMove move, PersonToken person, CancellationToken cancel) => WriteAsync(move, move.Original.Value, move.Original.Set, person, cancel);

    /// <param name="isNamed">Jobs still name the variable: without a value above the group they would be stuck, so it is left there, empty.</param>
    /// <returns>As <see cref="SetAsync"/>.</returns>
    public Task<Refusal?> RestoreAsync(GroupMove move, bool isNamed, PersonToken person, CancellationToken cancel)
    {
        var stood = move.Original;
        return WriteAsync(move, stood.Set, stood.Value ?? (stood.HasDefault || !isNamed ? null : ""), person, cancel);
    }

    private async Task<Refusal?> WriteAsync(GroupMove move, string? from, string? to, PersonToken person, CancellationToken cancel)
    {
        var (place, key) = (new VariablePlace.OfGroup(move.Group), move.Variable);
        if (!(await variables.FindAsync(person, place, key, CiVariable.EveryScope, cancel)).TryGet(out var found, out var no)) return no;
        if (found?.Value == to) return null;
        if (found?.Value != from) return Refusal.Of(DeskCode.ChangedMeanwhile, $"The variable {key} of {move.Path} has another value than the portal knows: somebody changed it. Look at it in GitLab, set it as you want it to be, and look again.");
        return to is null ? No(await variables.DeleteAsync(person, place, key, CiVariable.EveryScope, cancel))
            : found is null ? No(await variables.CreateAsync(person, place, new NewVariable(key, to, Description: "Where the jobs run; set by MigrationPortal"), cancel))
            : No(await variables.UpdateAsync(person, place, key, CiVariable.EveryScope, to, cancel));
    }

    private static Refusal? No<T>(Outcome<T> outcome) => outcome is Outcome<T>.Refused { Refusal: var no } ? no : null;
}
