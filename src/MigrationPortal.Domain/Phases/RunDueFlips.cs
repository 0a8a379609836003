using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Plans and applies what is due on the schedule. Called by a sweep; nothing is dropped without a reason written to it.</summary>
public sealed class RunDueFlips(
    IScheduleStore schedule, IMigrationStore migration, IOperationStore operations, PlanPhase plan, ApplyPlan apply, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>A flip that could not begin for so long is given up: its hour has passed, and people no longer expect it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <returns>How many were finished, applied or not.</returns>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        var due = (await schedule.WaitingAsync(instance, cancel)).Where(flip => flip.DueAt <= now).OrderBy(flip => flip.DueAt).ThenBy(flip => flip.Id).ToList();
        var finished = 0;
        foreach (var flip in due)
        {
            var state = await migration.StateAsync(instance, cancel);
            var (operation, outcome) = state.AutomationOn ? await TryAsync(flip, cancel) : (null, null);
            if (outcome is null && now - flip.DueAt > Grace)
                outcome = state.AutomationOn ? "Given up: something else was under way, or GitLab did not answer, for an hour." : $"Given up: automation was off when it was due ({state.AutomationReason ?? "no reason given"}).";
            if (outcome is null) break;

            finished += await audit.ChangeAsync<int>(
                async () =>
                {
                    await schedule.FinishAsync(flip.Id, operation, outcome, cancel);
                    return (1, new AuditEntry(now, instance, Actor.Portal, "schedule.due", $"schedule/{flip.Id}", outcome, null, null));
                },
                cancel);
        }
        return finished;
    }

    /// <returns>No outcome: worth another try at the next sweep.</returns>
    private async Task<(long? Operation, string? Outcome)> TryAsync(ScheduledFlip flip, CancellationToken cancel)
    {
        // A plan that could not begin anyway is not made: it would stand in the list of plans for nobody.
        if (await operations.UnfinishedAsync(flip.Instance, cancel) is not null) return (null, null);
        var planned = await plan.RunAsync(flip.Instance, flip.Target, flip.By, cancel);
        if (planned is not Outcome<Plan>.Done { Result: var made }) return (null, null);
        var applied = await apply.RunAsync(new ApplyRequest(made.Id, flip.By, $"Scheduled: {flip.Reason}", null, flip.Overrides, null), cancel);
        return applied.Match<(long?, string?)>(
            operation => (operation.Id, $"Operation {operation.Id} began."),
            refusal => refusal.Code is "operation-running" or "gitlab-unavailable" or ApplyPlan.FleetChanged ? (null, null) : (null, $"Refused ({refusal.Code}): {string.Join(" ", refusal.Reasons)}"));
    }
}
