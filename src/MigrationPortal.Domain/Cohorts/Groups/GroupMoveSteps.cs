using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Groups;

/// <summary>Takes a group's move from one state to the next: stored and audited together, or neither.</summary>
public sealed class GroupMoveSteps(IGroupMoveStore moves, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <returns>Null when the group got another move of that variable meanwhile.</returns>
    public Task<GroupMove?> BeginAsync(GroupMove move, CancellationToken cancel)
    {
        var begun = move with { Since = clock.Now(move.Group.Instance) };
        return WriteAsync(null, begun, "group.move", () => moves.AddAsync(begun, cancel), cancel);
    }

    /// <returns>Null when somebody else changed it meanwhile.</returns>
    public Task<GroupMove?> GoAsync(GroupMove move, SharedMoveState to, Actor who, string? reason, string verb, CancellationToken cancel)
    {
        var after = move.Go(to, who, clock.Now(move.Group.Instance), reason);
        return WriteAsync(move, after, verb, () => moves.SaveAsync(after, move.State, cancel), cancel);
    }

    private async Task<GroupMove?> WriteAsync(GroupMove? before, GroupMove after, string verb, Func<Task<GroupMove?>> write, CancellationToken cancel)
    {
        var entry = new AuditEntry(after.Since, after.Group.Instance, after.By, verb, $"group/{after.Group.Number}", after.Reason, before is null ? null : Shown(before), Shown(after));
        var saved = await audit.WriteAsync(entry, write, cancel);
        if (saved is not null) await events.PublishAsync(new PortalEvent(PortalTopic.Cohorts, after.Group.Instance, null), cancel);
        return saved;
    }

    // Values stay out of the trail: what stood may be anything.
    private static string Shown(GroupMove one) => JsonSerializer.Serialize(new { state = one.State.ToString().ToLowerInvariant(), variable = one.Variable, projects = one.Projects.Count });
}
