using System.Text.Json;
using MigrationPortal.Domain.Audit;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <param name="Reason">Why, for the audit trail. Not empty.</param>
/// <param name="Overrides">Blockers waved through by name, such as <c>no-runner:linux</c>.</param>
/// <param name="Confirm">See <see cref="PlanKinds.ConfirmationText"/>; null when the plan asks for none.</param>
public sealed record ApplyRequest(long PlanId, Actor Who, string Reason, string? ChangeReference, IReadOnlyList<string> Overrides, string? Confirm)
{
    /// <summary>
    /// Writes something in the same transaction as the operation's begin: both are kept, or neither. False keeps neither, as
    /// when somebody else has done by now what this was for.
    /// </summary>
    public Func<Operation, Task<bool>>? Along { get; init; }
}

/// <summary>
/// Starts the operation of a plan, after everything that the plan rests on has been looked at again. An empty plan
/// succeeds at once. <see cref="RunOperation"/> carries the operation out.
/// </summary>
public sealed class ApplyPlan(
    IPlanStore plans, IOperationStore operations, FreshFleet fleet, IJobStore jobs, IInstanceStore instances, InstanceDirectory directory,
    AbortOperation abort, EndOperation ending, IEnumerable<IPlanGuard> guards, IAuditTrail audit, INotices notices, IWorldClock clock)
{
    public const string FleetChanged = "fleet-changed";

    /// <summary>
    /// Refuses <c>unknown-plan</c>, <c>reason-missing</c>, <c>observe-mode</c>, <c>operation-running</c>, <c>gitlab-unavailable</c>,
    /// <c>fleet-changed</c>, <c>roles-unconfirmed</c>, <c>no-runner</c>, <c>confirmation-needed</c>, what a <see cref="IPlanGuard"/> says and the plan's other blockers by their code.
    /// </summary>
    public async Task<Outcome<Operation>> RunAsync(ApplyRequest request, CancellationToken cancel)
    {
        if (await plans.FindAsync(request.PlanId, cancel) is not { } plan)
            return Refusal.Of("unknown-plan", $"There is no plan {request.PlanId}.");
        if (string.IsNullOrWhiteSpace(request.Reason))
            return Refusal.Of("reason-missing", "Say why this is applied: the reason goes into the audit trail.");
        if (await instances.HealthAsync(plan.Instance, cancel) is { Reachable: true, CanWrite: false })
            return Refusal.Of("observe-mode", $"The portal has no token to write to {plan.Instance}: it is in observe mode. Configure an api token of an administrator as the write token.");
        if (plan.ConfirmationText() is { } words && request.Confirm?.Trim() != words)
            return Refusal.Of("confirmation-needed", $"This cannot be undone. Confirm with '{words}'.");
        if (await FreeTheWayAsync(plan, request, cancel) is { } busy) return busy;

        FleetSnapshot now;
        try
        {
            // A brownout that was pre-empted gives back first, and what this plan rests on is the fleet after that.
            now = (await fleet.ReadAsync(plan.Instance, cancel)).AsIfReturned(await operations.OwingAsync(plan.Instance, cancel));
        }
        catch (GitLabUnavailableException gone)
        {
            return Refusal.Of("gitlab-unavailable", $"The fleet could not be read, so nothing was changed: {gone.Message}");
        }
        if (Fingerprint.Of(now) != plan.Fingerprint)
            return Refusal.Of(FleetChanged, $"The fleet changed since plan {plan.Id} was made: plan again.");
        if (await BlockedAsync(plan, now, request, cancel) is { } blocked) return blocked;
        return await StartAsync(plan, request, cancel);
    }

    private async Task<Refusal?> FreeTheWayAsync(Plan plan, ApplyRequest request, CancellationToken cancel)
    {
        if (await operations.UnfinishedAsync(plan.Instance, cancel) is not { } running) return null;
        if (!plan.IsEvacuation()) return Running(running);
        await abort.RunAsync(running.Id, request.Who, $"Pre-empted by evacuation: {request.Reason}", cancel);
        return null;
    }

    // What a plan rests on can change without the fleet's attributes changing: contact, new job classes, confirmed roles.
    private async Task<Refusal?> BlockedAsync(Plan plan, FleetSnapshot now, ApplyRequest request, CancellationToken cancel)
    {
        var census = await jobs.CensusAsync(plan.Instance, CensusWindow.Until(now.TakenAt), cancel);
        var radius = BlastRadiusEngine.Of(now, now.With(Planner.Effect(BrownoutSteps.Worst(plan.Steps))), census, plan.Brownout()?.Tag);
        var asked = new List<PlanBlocker>();
        foreach (var guard in guards) asked.AddRange(await guard.BlockersAsync(plan, request, cancel));
        var unconfirmed = now.Runners.Any(runner => runner.Standing is { Managed: true, RoleConfirmed: false });
        var blockers = plan.Blockers
            .Where(blocker => blocker.Code != NoRunner.Code && (blocker.Code != RolesUnconfirmed.Code || unconfirmed))
            .Concat(NoRunner.Blockers(radius, census))
            .Concat(asked)
            .Where(blocker => blocker.Override is null || !request.Overrides.Contains(blocker.Override, StringComparer.Ordinal))
            .OrderByDescending(blocker => blocker.Code == RolesUnconfirmed.Code)
            .ToList();
        return blockers.Count == 0 ? null : new Refusal(blockers[0].Code, [.. blockers.Select(blocker => blocker.Message)]) { Overrides = [.. blockers.Select(blocker => blocker.Override).OfType<string>()] };
    }

    private async Task<Outcome<Operation>> StartAsync(Plan plan, ApplyRequest request, CancellationToken cancel)
    {
        var at = clock.Now(plan.Instance);
        var wish = new Operation(
            0, plan.Instance, plan.Id, plan.Title, OperationState.Pending, request.Who, request.Reason.Trim(), request.ChangeReference, at, null, null, null,
            [.. plan.Steps.Select(step => new OperationStep(step, false, OperationStepState.Pending, null, null, null, null))], 0)
        {
            Brownout = plan.Brownout() is { } wished ? new BrownoutWindow(wished.Tag, at + wished.Duration) : null,
        };
        var gitLab = directory.Find(plan.Instance) ?? throw new InvalidOperationException($"{plan.Instance} was read and is not configured.");
        var started = await audit.ChangeAsync<Operation?>(
            async () =>
            {
                if (await operations.TryStartAsync(wish, BreakGlassScript.For(plan, new Uri(gitLab.Url)), cancel) is not { } begun) return (null, null);
                if (request.Along is { } along && !await along(begun)) return (null, null);
                if (plan.IsEvacuation()) await notices.TellAsync(OperationNotices.EvacuationStarted(begun), cancel);
                return (begun, Entry(begun));
            },
            cancel);
        if (started is null)
            return await operations.UnfinishedAsync(plan.Instance, cancel) is { } running
                ? Running(running)
                : Refusal.Of("operation-running", "Another operation was under way: try again.");

        return plan.IsEmpty ? await ending.RunAsync(plan, started, cancel) : started;

        AuditEntry Entry(Operation begun) => new(
            at, plan.Instance, request.Who, "plan.apply", $"operation/{begun.Id}", request.Reason, null,
            JsonSerializer.Serialize(new { plan = plan.Id, plan.Title, plan.Fingerprint, request.ChangeReference, request.Overrides }));
    }

    private static Refusal Running(OperationHead running) => Refusal.Of(
        "operation-running", $"Operation {running.Id} ({running.Title}) is {running.State.ToString().ToLowerInvariant()}: one operation at a time. Let it end, abort it or roll it back.");
}
