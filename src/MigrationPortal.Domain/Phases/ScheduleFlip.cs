using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Puts a target on the schedule, or takes it off.</summary>
public sealed class ScheduleFlip(IScheduleStore schedule, IMigrationStore migration, ReadFreezes freezes, IAuditTrail audit, IWorldClock clock)
{
    /// <summary>Refuses <c>due-in-the-past</c>, <c>reason-missing</c> and <c>not-schedulable</c> (deletion asks for its own confirmation).</summary>
    public async Task<Outcome<ScheduledFlip>> RunAsync(
        InstanceId instance, PlanTarget target, DateTimeOffset dueAt, Actor who, string reason, IReadOnlyList<string> overrides, CancellationToken cancel, MissedRule missed = MissedRule.Ask)
    {
        var now = clock.Now(instance);
        if (target is PlanTarget.DeleteRunners) return Refusal.Of("not-schedulable", "Deleting runners asks for a confirmation at that moment, so it cannot be scheduled.");
        if (dueAt <= now) return Refusal.Of("due-in-the-past", $"{dueAt:u} is not after the instance's time, {now:u}. Give a later time, or apply now.");
        if (string.IsNullOrWhiteSpace(reason)) return Refusal.Of("reason-missing", "Say why: the reason goes into the audit trail.");

        return await audit.ChangeAsync<ScheduledFlip>(
            async () =>
            {
                var flip = await schedule.AddAsync(new ScheduledFlip(0, instance, target, dueAt, who, reason, overrides, null, null) { Missed = missed }, cancel);
                return (flip, new AuditEntry(now, instance, who, "schedule.add", $"schedule/{flip.Id}", reason, null,
                    JsonSerializer.Serialize(new { target = PlanTargetJson.Write(target), dueAt, overrides, missed = missed.ToString().ToLowerInvariant() })));
            },
            cancel);
    }

    /// <summary>The answer to a missed flip that asks: it begins now. Refuses <c>not-missed</c> and <c>freeze-window</c>.</summary>
    public async Task<Outcome<long>> RunNowAsync(InstanceId instance, long id, Actor who, string? reason, CancellationToken cancel)
    {
        var now = clock.Now(instance);
        var asked = (await schedule.WaitingAsync(instance, cancel)).FirstOrDefault(flip => flip.Id == id);
        if (asked is not null && FreezeRule.Holds(asked.Target, (await migration.StateAsync(instance, cancel)).Current) && await freezes.AtAsync(instance, now, cancel) is { } freeze)
            return Refusal.Of("freeze-window", $"The {FreezeRule.Words(freeze)} lasts until {freeze.Until:u} and would hold it again: wait, end the window, or plan and apply the step yourself.");
        var entry = new AuditEntry(now, instance, who, "schedule.run", $"schedule/{id}", reason, null, null);
        return await audit.ChangeAsync<bool>(async () => await schedule.RunAsync(instance, id, now, cancel) ? (true, entry) : (false, null), cancel)
            ? id : Refusal.Of("not-missed", $"Nothing with id {id} was missed and waits for an answer.");
    }

    /// <summary>Refuses <c>not-scheduled</c>: it is not there, or it has already run.</summary>
    public async Task<Outcome<long>> RemoveAsync(InstanceId instance, long id, Actor who, string? reason, CancellationToken cancel)
    {
        var entry = new AuditEntry(clock.Now(instance), instance, who, "schedule.remove", $"schedule/{id}", reason, null, null);
        return await audit.ChangeAsync<bool>(async () => await schedule.RemoveAsync(instance, id, cancel) ? (true, entry) : (false, null), cancel)
            ? id : Refusal.Of("not-scheduled", $"Nothing with id {id} waits on the schedule.");
    }
}
