using System.Globalization;
using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>
/// Plans and applies what is due on the schedule. Called by a sweep; nothing is dropped without a reason written to it, and a
/// flip leaves the schedule in the transaction that begins its operation, so that each has one operation at most.
/// </summary>
public sealed class RunDueFlips(
    IScheduleStore schedule, IMigrationStore migration, IOperationStore operations, ReadFreezes freezes, PlanPhase plan, ApplyPlan apply, IAuditTrail audit, INotices notices, IWorldClock clock)
{
    /// <summary>Within this of the instance's time after its due time a flip is on time; see also <see cref="OnTimeReal"/>.</summary>
    public static readonly TimeSpan OnTime = TimeSpan.FromMinutes(5);

    /// <summary>Where the instance's clock runs fast, being on time lasts as much real time.</summary>
    private static readonly TimeSpan OnTimeReal = TimeSpan.FromSeconds(30);

    /// <summary>A missed flip with the rule to run is given up after so long: its hour has passed, and people no longer expect it.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <returns>How many left the schedule, were found missed, or were found in a freeze.</returns>
    public async Task<int> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var finished = 0;
        foreach (var flip in await DueAsync(instance, cancel))
        {
            var now = clock.Now(instance);
            var freeze = await FreezeAsync(flip, now, cancel);
            if (freeze?.Until > now)
            {
                finished += await HoldAsync(flip, freeze, cancel);
                continue;
            }

            var late = now - (freeze?.Until ?? flip.DueAt);
            var missed = freeze is not null || late > Later(OnTime, OnTimeReal * clock.Speed(instance));
            if (missed && (flip.Missed != MissedRule.Run || late > Grace)) finished += await MissAsync(flip, freeze, cancel);
            // What stands behind one that cannot begin now waits for its turn.
            else if (!(await migration.StateAsync(instance, cancel)).AutomationOn || !await BeginAsync(flip, cancel)) break;
            else finished++;
        }
        return finished;
    }

    private async Task<List<ScheduledFlip>> DueAsync(InstanceId instance, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        return [.. (await schedule.WaitingAsync(instance, cancel)).Where(flip => flip.MissedAt is null && flip.DueAt <= now).OrderBy(flip => flip.DueAt).ThenBy(flip => flip.Id)];
    }

    private async Task<FreezeSpan?> FreezeAsync(ScheduledFlip flip, DateTimeOffset now, CancellationToken cancel) =>
        FreezeRule.Holds(flip.Target, (await migration.StateAsync(flip.Instance, cancel)).Current)
            ? FreezeRule.Of(flip, await freezes.WithinAsync(flip.Instance, new TimeWindow(flip.DueAt, now + CalendarGate.Ahead), cancel), now)
            : null;

    private async Task<int> HoldAsync(ScheduledFlip flip, FreezeSpan freeze, CancellationToken cancel)
    {
        if (flip.HeldUntil == freeze.Until && flip.HeldBy == freeze.Name) return 0;
        var said = $"Held by the {FreezeRule.Words(freeze)} until {freeze.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC; then it counts as missed.";
        var now = clock.Now(flip.Instance);
        return await audit.ChangeAsync<bool>(
            async () =>
            {
                if (!await schedule.HoldAsync(flip.Id, freeze.Until, freeze.Name, cancel)) return (false, null);
                await notices.TellAsync(Told(flip, said, now, NoticeKind.ScheduleHeld, NoticeSeverity.Info, "held", "phases"), cancel);
                return (true, new AuditEntry(now, flip.Instance, Actor.Portal, "schedule.held", $"schedule/{flip.Id}", said, null, null));
            },
            cancel) ? 1 : 0;
    }

    private async Task<int> MissAsync(ScheduledFlip flip, FreezeSpan? freeze, CancellationToken cancel)
    {
        var why = freeze is null ? await WhyMissedAsync(flip.Instance, cancel) : $"it was due in the {FreezeRule.Words(freeze)}, which ended {freeze.Until.UtcDateTime:yyyy-MM-dd HH:mm} UTC.";
        var said = flip.Missed switch
        {
            MissedRule.Ask => $"Missed, waits for an answer: {why}",
            MissedRule.Skip => $"Skipped, as its rule says: {why}",
            _ => $"Given up, {Grace.TotalMinutes:0} minutes late: {why}",
        };
        var now = clock.Now(flip.Instance);
        return await EndAsync(flip, null, said, () => flip.Missed == MissedRule.Ask ? schedule.AskAsync(flip.Id, now, why, cancel) : schedule.FinishAsync(flip.Id, null, said, cancel), cancel) ? 1 : 0;
    }

    private async Task<string> WhyMissedAsync(InstanceId instance, CancellationToken cancel)
    {
        var state = await migration.StateAsync(instance, cancel);
        if (!state.AutomationOn) return $"automation was off when it was due ({state.AutomationReason ?? "no reason given"}).";
        return await operations.UnfinishedAsync(instance, cancel) is { } running
            ? $"operation {running.Id} ({running.Title}) was under way."
            : "the portal was not running, or GitLab did not answer.";
    }

    /// <returns>False: worth another try at the next sweep.</returns>
    private async Task<bool> BeginAsync(ScheduledFlip flip, CancellationToken cancel)
    {
        // A plan that could not begin anyway is not made: it would stand in the list of plans for nobody.
        if (await operations.UnfinishedAsync(flip.Instance, cancel) is not null) return false;
        if (await plan.RunAsync(flip.Instance, flip.Target, flip.By, cancel) is not Outcome<Plan>.Done { Result: var made }) return false;
        var request = new ApplyRequest(made.Id, flip.By, $"Scheduled: {flip.Reason}", null, flip.Overrides, null) { Along = BeganAsync };
        if (await apply.RunAsync(request, cancel) is not Outcome<Operation>.Refused { Refusal: var no }) return true;
        return no.Code is not ("operation-running" or "gitlab-unavailable" or ApplyPlan.FleetChanged) && await RefusedAsync(no);

        Task<bool> BeganAsync(Operation operation)
        {
            var said = $"Operation {operation.Id} began.";
            return EndAsync(flip, operation.Id, said, () => schedule.FinishAsync(flip.Id, operation.Id, said, cancel), cancel);
        }

        Task<bool> RefusedAsync(Refusal refusal)
        {
            var said = $"Refused ({refusal.Code}): {string.Join(" ", refusal.Reasons)} Plan {made.Id} stands{(refusal.Overrides.Count > 0 ? ": an administrator may apply it by hand and override by name" : "")}.";
            return EndAsync(flip, null, said, () => schedule.FinishAsync(flip.Id, null, said, cancel), cancel, made.Id);
        }
    }

    private Task<bool> EndAsync(ScheduledFlip flip, long? operation, string said, Func<Task<bool>> change, CancellationToken cancel, long? refused = null) => audit.ChangeAsync<bool>(
        async () =>
        {
            if (!await change()) return (false, null);
            var now = clock.Now(flip.Instance);
            await notices.TellAsync(Told(flip, operation, refused, said, now), cancel);
            return (true, new AuditEntry(now, flip.Instance, Actor.Portal, "schedule.due", $"schedule/{flip.Id}", said, null,
                operation is not null ? JsonSerializer.Serialize(new { operation }) : refused is not null ? JsonSerializer.Serialize(new { plan = refused }) : null));
        },
        cancel);

    private static Notice Told(ScheduledFlip flip, long? operation, long? refused, string said, DateTimeOffset now)
    {
        var (kind, severity, link) = operation is null ? (NoticeKind.ScheduleMissed, NoticeSeverity.Attention, refused is { } plan ? $"plans/{plan}" : "phases") : (NoticeKind.ScheduleBegun, NoticeSeverity.Info, $"operations/{operation}");
        // One that asks first may still begin or be given up.
        var key = operation is not null ? "begun" : flip.Missed == MissedRule.Ask && flip.MissedAt is null ? "missed" : "ended";
        return Told(flip, said, now, kind, severity, key, link);
    }

    private static Notice Told(ScheduledFlip flip, string said, DateTimeOffset now, NoticeKind kind, NoticeSeverity severity, string key, string link) => new(
        flip.Instance, kind, severity, $"schedule/{flip.Id}/{key}", $"Scheduled flip {flip.Id} ({TargetWords.Title(flip.Target)}): {said}",
        [new NoticeNumber("was due", flip.DueAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture))], link, now);

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
