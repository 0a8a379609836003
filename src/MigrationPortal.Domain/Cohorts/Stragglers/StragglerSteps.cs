using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Stragglers;

/// <summary>Takes a project from one stage to the next, and its merge requests from one state to the next: stored and audited together, or neither.</summary>
public sealed class StragglerSteps(IStragglerStore store, IAuditTrail audit, IPortalEvents events, IWorldClock clock)
{
    /// <param name="verb">Of the audit entry.</param>
    /// <returns>Null when somebody else changed it meanwhile.</returns>
    public Task<StragglerCase?> GoAsync(StragglerCase one, StragglerStage to, Actor who, string? reason, string verb, CancellationToken cancel) =>
        WriteAsync(one, one.Go(to, who, clock.Now(one.Project.Instance), reason), verb, cancel);

    /// <summary>Another last day; the stage stays.</summary>
    public Task<StragglerCase?> PostponeAsync(StragglerCase one, DateTimeOffset until, Actor who, string reason, CancellationToken cancel) =>
        WriteAsync(one, one with { FinalAt = until, By = who, Reason = reason }, "straggler.postpone", cancel);

    /// <returns>Null when somebody else was first.</returns>
    public async Task<StragglerBranch?> BranchAsync(StragglerBranch? before, StragglerBranch after, Actor who, CancellationToken cancel)
    {
        var stamped = after with { Since = clock.Now(after.Project.Instance) };
        // Looking again and finding the same is no news.
        if (before?.State == after.State && after.State is BranchState.Right or BranchState.NotFixable) return await store.SaveAsync(stamped, cancel);
        var entry = new AuditEntry(stamped.Since, after.Project.Instance, who, $"straggler.branch-{after.State.ToString().ToLowerInvariant()}", $"project/{after.Project.Number}", after.Why, before is null ? null : Shown(before), Shown(stamped));
        var saved = await audit.WriteAsync(entry, () => store.SaveAsync(stamped, cancel), cancel);
        if (saved is not null) await events.PublishAsync(new PortalEvent(PortalTopic.Cohorts, after.Project.Instance, null), cancel);
        return saved;
    }

    private async Task<StragglerCase?> WriteAsync(StragglerCase before, StragglerCase after, string verb, CancellationToken cancel)
    {
        var entry = new AuditEntry(clock.Now(after.Project.Instance), after.Project.Instance, after.By, verb, $"project/{after.Project.Number}", after.Reason, Shown(before), Shown(after));
        var saved = await audit.WriteAsync(entry, () => store.SaveAsync(after, before.Stage, cancel), cancel);
        if (saved is not null) await events.PublishAsync(new PortalEvent(PortalTopic.Cohorts, after.Project.Instance, null), cancel);
        return saved;
    }

    private static string Shown(StragglerCase one) => JsonSerializer.Serialize(new { campaign = one.Campaign.Id, stage = one.Stage.Word(), finalAt = one.FinalAt });

    private static string Shown(StragglerBranch one) => JsonSerializer.Serialize(new { @ref = one.Ref, state = one.State.ToString().ToLowerInvariant(), request = one.Request?.Address });
}
