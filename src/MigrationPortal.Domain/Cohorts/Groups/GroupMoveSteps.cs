using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Groups;

/// <summary>Takes a group's move, and the places of the projects that it carries, from one state to the next: stored and audited together, or neither.</summary>
public sealed class GroupMoveSteps(IGroupMoveStore moves, IEnrollmentStore enrollments, EnrollmentSteps steps, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <returns>Null when the group got another move of that variable meanwhile.</returns>
    public Task<GroupMove?> BeginAsync(GroupMove move, CancellationToken cancel)
    {
        var begun = move with { Since = clock.Now(move.Group.Instance) };
        return WriteAsync(null, begun, "group.move", () => moves.AddAsync(begun, cancel), cancel);
    }

    /// <returns>Null when somebody else changed it meanwhile.</returns>
    public Task<GroupMove?> GoAsync(GroupMove move, GroupMoveState to, Actor who, string? reason, string verb, CancellationToken cancel)
    {
        var after = move.Go(to, who, clock.Now(move.Group.Instance), reason);
        return WriteAsync(move, after, verb, () => moves.SaveAsync(after, move.State, cancel), cancel);
    }

    /// <summary>Gives each project that has no place one that says what carried it. Begun and cut off, it goes on.</summary>
    /// <returns>How many are new.</returns>
    public async Task<int> CarryAsync(GroupMove move, IEnumerable<ProjectId> projects, Actor who, CancellationToken cancel)
    {
        var (carried, why) = (0, $"carried along by the group {move.Path}");
        foreach (var project in projects)
        {
            var one = await enrollments.ActiveAsync(project, cancel) ?? await steps.JoinAsync(project, EnrollmentKind.Carried, EnrollmentTarget.Kubernetes, who, why, cancel);
            if (one is not { Kind: EnrollmentKind.Carried, Original: null } || Next(one.State) is null) continue;
            carried++;
            while (one is not null && Next(one.State) is { } next) one = await steps.GoAsync(one with { Way = EnrollmentWay.Variable }, next, who, why, "enrollment.carried", cancel);
        }

        return carried;
    }

    /// <summary>Ends the places of those that it carried. Whoever has set the variable for their own project meanwhile keeps theirs.</summary>
    public async Task ReleaseAsync(GroupMove move, Actor who, CancellationToken cancel)
    {
        foreach (var number in move.Projects)
        {
            var one = await enrollments.ActiveAsync(new ProjectId(move.Group.Instance, number), cancel);
            if (one is not { Kind: EnrollmentKind.Carried, Original: null }) continue;
            var why = $"the group {move.Path} went back";
            if (!one.State.HasChangedSomething())
            {
                await steps.GoAsync(one, EnrollmentState.Withdrawn, who, why, "enrollment.released", cancel);
                continue;
            }

            var returning = one.State == EnrollmentState.Returning ? one : await steps.GoAsync(one, EnrollmentState.Returning, who, why, "enrollment.return", cancel);
            if (returning is not null) await steps.GoAsync(returning, EnrollmentState.Returned, who, why, "enrollment.returned", cancel);
        }
    }

    private static EnrollmentState? Next(EnrollmentState state) => state switch
    {
        EnrollmentState.Selected => EnrollmentState.Accepted,
        EnrollmentState.Accepted => EnrollmentState.Moving,
        EnrollmentState.Moving => EnrollmentState.Moved,
        _ => null,
    };

    private async Task<GroupMove?> WriteAsync(GroupMove? before, GroupMove after, string verb, Func<Task<GroupMove?>> write, CancellationToken cancel)
    {
        var entry = new AuditEntry(after.Since, after.Group.Instance, after.By, verb, $"group/{after.Group.Number}", after.Reason, before is null ? null : Shown(before), Shown(after));
        var saved = await audit.ChangeAsync<GroupMove?>(async () => await write() is { } stored ? (stored, entry) : (null, null), cancel);
        if (saved is not null) await events.PublishAsync(new PortalEvent(PortalTopic.Cohorts, after.Group.Instance, null), cancel);
        return saved;
    }

    // Values stay out of the trail: what stood may be anything.
    private static string Shown(GroupMove one) => JsonSerializer.Serialize(new { state = one.State.ToString().ToLowerInvariant(), variable = one.Variable, projects = one.Projects.Count });
}
