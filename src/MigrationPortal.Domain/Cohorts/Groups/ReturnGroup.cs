using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Groups;

/// <summary>Gives a group's variable back exactly what it was, in its owner's name, and with it the places of the projects that it carried.</summary>
public sealed class ReturnGroup(IGroupMoveStore moves, IGroupLists groups, IScanStore scans, GroupVariableWrite write, ICohortFacts facts, GroupMoveSteps steps, Carrying carrying)
{
    /// <param name="variable">Null where the group moved one only.</param>
    /// <returns>Refuses <c>not-moved</c>, <c>pin-instead</c>, <c>no-way-back</c>, <c>changed-meanwhile</c>, and GitLab's own no.</returns>
    public async Task<Outcome<GroupMove>> RunAsync(KnownGroup group, string? variable, string? reason, PersonToken person, Actor who, CancellationToken cancel)
    {
        var standing = (await moves.ActiveAsync(group.Id.Instance, [group.Id.Number], cancel)).Where(one => variable is null || one.Variable == variable).ToList();
        if (standing.Count > 1) return Refusal.Of("not-moved", $"{group.FullPath} moved several variables: say which of {string.Join(", ", standing.Select(one => one.Variable))}.");
        if (standing is not [var active]) return Refusal.Of("not-moved", $"Nothing of {group.FullPath} was moved by the portal, so there is nothing to take back.");
        var known = await facts.ReadAsync(group.Id.Instance, cancel);
        switch (WayBack.In(known.Phase, known.Evacuated))
        {
            case Back.PinToDocker: return Refusal.Of("pin-instead", "Jobs without tags run on Kubernetes by now: keep single projects on docker instead, which gives each a variable of its own.");
            case Back.None: return Refusal.Of("no-way-back", "The docker runners have ended. Ask for help instead.");
        }

        // What is begun goes on to its end, whoever closes the page.
        cancel = CancellationToken.None;
        var returning = active.State == SharedMoveState.Returning ? active : await steps.GoAsync(active, SharedMoveState.Returning, who, reason, "group.return", cancel);
        if (returning is null) return MoveGroup.Meanwhile(group);
        if (await write.RestoreAsync(returning, await IsNamedAsync(group, returning.Variable, cancel), person, cancel) is { } no)
        {
            await steps.GoAsync(returning, SharedMoveState.Moved, who, string.Join(" ", no.Reasons), "group.return-refused", cancel);
            return no;
        }

        await carrying.ReleaseAsync(returning.Projects.Select(number => new ProjectId(group.Id.Instance, number)), $"the group {group.FullPath} went back", who, cancel);
        return await steps.GoAsync(returning, SharedMoveState.Returned, who, reason, "group.returned", cancel) is { } done ? done : MoveGroup.Meanwhile(group);
    }

    private async Task<bool> IsNamedAsync(KnownGroup group, string variable, CancellationToken cancel)
    {
        var projects = await groups.ProjectsAsync(group.Id, cancel);
        return (await scans.FindAsync([.. projects.Select(one => one.Id)], cancel)).Values.Any(scan => scan.Jobs.Any(job => TagVariable.NamesIn(job.Tags).Contains(variable)));
    }
}
