using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Reads what automation has left open. Asks nothing outside of the portal: the overview must not wait for it.</summary>
public sealed class ReadAutomationNeeds(
    IMigrationStore migration, EvaluateGuard guard, INoticeStore notices, ReadDrift known, ApprovalsOfStep approvals, ReadFreezes freezes, IScheduleStore schedule, IGateStore gates, AskExternalGates external, IWorldClock clock)
{
    /// <summary>Of the newest alerts, so many are looked through for the guard's own.</summary>
    private const int Alerts = 50;

    /// <param name="drift">Empty while an operation is under way.</param>
    public async Task<AutomationNeeds> RunAsync(InstanceId instance, IReadOnlyList<DriftedRunner> drift, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(drift);
        var now = clock.Now(instance);
        var state = await migration.StateAsync(instance, cancel);
        var policy = (await migration.SettingsAsync(instance, cancel)).PolicyOf(GateSteps.PhaseOf(state));
        var next = GateSteps.Next(state);
        var fired = await guard.ToldAsync(instance, cancel);
        var remembered = drift.Count == 0 ? null : await known.RunAsync(instance, cancel);
        var freeze = await freezes.AtAsync(instance, now, cancel);
        return new AutomationNeeds
        {
            Guard = fired,
            GuardTakenAt = fired is null ? null : await TakenAsync(fired, cancel),
            Conflicts = [.. drift.Select(one => (one, remembered!.ConflictOf(one))).Where(one => one.Item2 is not null).Select(one => (one.one, one.Item2!.Value))],
            Unapproved = next is { Target: var target } && await approvals.ReadAsync(instance, policy, target, cancel) is { Plan: { } plan } asked && asked.Given < asked.Needed ? (plan, TargetWords.Title(target), asked.Given, asked.Needed) : null,
            Freeze = freeze,
            Held = freeze is null ? [] : [.. await FlipsAsync(instance, now, cancel), .. await StepAsync(state, policy, cancel), .. Drifted(drift, remembered)],
            Expired = next is null ? [] : await external.ExpiredAsync(instance, policy.Gates.External, now, cancel),
        };
    }

    // What begins tells of it itself, everything else by the rule that fired.
    private async Task<DateTimeOffset?> TakenAsync(GuardEvaluation fired, CancellationToken cancel)
    {
        var (key, link) = (GuardNotices.KeyOf(fired), fired.OperationId is { } operation ? FormattableString.Invariant($"operations/{operation}") : null);
        return (await notices.NewestAsync(fired.Instance, NoticeFilter.Alerts, Alerts, null, cancel))
            .FirstOrDefault(one => one.Notice.Key == key || (link is not null && (one.Notice.Kind == NoticeKind.RollbackStarted || one.Notice.Kind == NoticeKind.EvacuationStarted) && one.Notice.Link == link))?.TakenAt;
    }

    private async Task<IEnumerable<string>> FlipsAsync(InstanceId instance, DateTimeOffset now, CancellationToken cancel) =>
        (await schedule.WaitingAsync(instance, cancel)).Where(flip => flip.HeldUntil > now).Select(flip => $"'{TargetWords.Title(flip.Target)}' on the schedule");

    // Only where nothing else keeps it: what gates hold is no matter of the calendar.
    private async Task<IEnumerable<string>> StepAsync(PhaseState state, PhasePolicy policy, CancellationToken cancel)
    {
        if (!state.AutomationOn || policy.Mode != FlipMode.Automatic || GateSteps.Next(state) is not { Step: var step }) return [];
        return await gates.LatestAsync(state.Instance, cancel) is { } latest && latest.Step == step && FlipWhenGatesPass.IsFrozen(latest)
            ? [$"'{step.Title}', whose other gates pass"]
            : [];
    }

    private static IEnumerable<string> Drifted(IReadOnlyList<DriftedRunner> drift, DriftKnown? remembered)
    {
        if (remembered?.Freeze is null) return [];
        var held = drift.Count(one => remembered.LeftOf(one) == DriftFreeze.Words(remembered.Freeze));
        return held == 0 ? [] : [held == 1 ? "1 runner that drifted" : $"{held} runners that drifted"];
    }
}
