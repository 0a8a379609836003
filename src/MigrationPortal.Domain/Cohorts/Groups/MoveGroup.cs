using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Groups;

/// <summary>
/// Sets a group's variable in its owner's name, so that the jobs of all projects that take their tags from it move together.
/// What stood is stored before anything is changed; asked again after a fault it goes on where it was, and once it is moved it
/// gives projects that came since their place.
/// </summary>
public sealed class MoveGroup(PreviewGroupMove preview, IGroupMoveStore moves, GroupVariableWrite write, ICohortFacts facts, GroupMoveSteps steps, Carrying carrying)
{
    /// <returns>
    /// Refuses <c>not-in-phase</c>, <c>way-not-offered</c> with everything that is in the way, <c>moved-already</c>,
    /// <c>changed-meanwhile</c>, and GitLab's own no with a <see cref="DeskCode"/>: then nothing was changed.
    /// </returns>
    public async Task<Outcome<GroupMove>> RunAsync(KnownGroup group, string variable, string? reason, PersonToken person, Actor who, CancellationToken cancel)
    {
        var known = await facts.ReadAsync(group.Id.Instance, cancel);
        if (!known.CanInvite) return SendWave.NotInPhase(known);
        if (!(await preview.RunAsync(group, variable, person, cancel)).TryGet(out var seen, out var no)) return no;
        if (seen.Plan is not { To: { } to, InTheWay.Count: 0 } plan) return Refusal.Of("way-not-offered", [.. seen.Plan.InTheWay.Select(one => one.Sentence).DefaultIfEmpty($"What {variable} gives now has no counterpart on Kubernetes.")]);

        var active = (await moves.ActiveAsync(group.Id.Instance, [group.Id.Number], cancel)).FirstOrDefault(one => one.Variable == variable);
        if (active is { State: SharedMoveState.Returning }) return Refusal.Of("moved-already", $"{group.FullPath} is on its way back: let that end first.");
        // What is begun goes on to its end, whoever closes the page.
        cancel = CancellationToken.None;
        List<ProjectId> led = [.. plan.Led.Select(one => one.Project)];
        if (active is null)
        {
            if (plan.Moving == 0) return Refusal.Of("way-not-offered", $"No job would move: all that take their tags from {variable} of the group are there already.");
            var begun = new GroupMove(0, group.Id, group.FullPath, variable, SharedMoveState.Moving, new GroupStood(seen.Value, seen.HasDefault, TagVariable.Text(to)), [.. led.Select(one => one.Number)], reason, who, default, 0);
            active = await steps.BeginAsync(begun, cancel);
            if (active is null) return Meanwhile(group);
        }

        if (await write.SetAsync(active, person, cancel) is { } refused)
        {
            if (active.State == SharedMoveState.Moving) await steps.GoAsync(active, SharedMoveState.Refused, who, string.Join(" ", refused.Reasons), "group.move-refused", cancel);
            return refused;
        }

        await carrying.CarryAsync(led, EnrollmentWay.Variable, $"carried along by the group {group.FullPath}", who, cancel);
        if (active.State == SharedMoveState.Moved) return await WidenedAsync(active, led, cancel);
        return await steps.GoAsync(active with { Projects = [.. active.Projects.Union(led.Select(one => one.Number))] }, SharedMoveState.Moved, who, reason, "group.moved", cancel) is { } moved ? moved : Meanwhile(group);
    }

    // Somebody else may widen it at the same moment: the next click finds it.
    private async Task<GroupMove> WidenedAsync(GroupMove moved, List<ProjectId> led, CancellationToken cancel)
    {
        List<long> all = [.. moved.Projects.Union(led.Select(one => one.Number))];
        return all.Count == moved.Projects.Count ? moved : await moves.SaveAsync(moved with { Projects = all }, moved.State, cancel) ?? moved;
    }

    internal static Refusal Meanwhile(KnownGroup group) => Refusal.Of("changed-meanwhile", $"Somebody else changed {group.FullPath} at this moment: look again.");
}
