using MigrationPortal.Domain.Cohorts.Pins;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Makes the plan of any target: the fleet fresh from GitLab, desired state, steps, blast radius.</summary>
public sealed class PlanPhase(FreshFleet fresh, IFleetStore fleet, IJobStore jobs, ReadMigration migration, ChangeSettings settings, MakePlan make, IGateStore gates, ReadFreezes freezes, IPredictedFailures predicted, ReadPins pins, IWorldClock clock)
{
    /// <summary>What stops applying is in the plan's blockers. Refuses only <c>no-snapshot</c>: no fleet is known at all.</summary>
    public async Task<Outcome<Plan>> RunAsync(InstanceId instance, PlanTarget target, Actor who, CancellationToken cancel)
    {
        var (snapshot, stale) = await FleetAsync(instance, cancel);
        if (snapshot is null) return Refusal.Of("no-snapshot", $"{instance} has not been read yet and does not answer now: {stale?.Message}");

        var context = await migration.ForAsync(snapshot, cancel);
        if (context.Settings.FallbackTag is null) context = context with { Settings = await ProposeFallbackAsync(context, cancel) };

        var desire = DesiredState.Of(target, context);
        IReadOnlyList<PlanWarning> warnings = [.. stale is null ? [] : new[] { stale }, .. desire.Warnings, .. await BusyAsync(desire, context.Fleet, cancel), .. await GatesAsync(target, context, cancel), .. await FreezeAsync(target, context, cancel), .. await PinsAsync(desire, context, cancel)];
        TagDecision? was = target is PlanTarget.DecideTag one && context.Settings.Decisions.TryGetValue(one.Tag, out var earlier) ? earlier : null;
        return await make.RunAsync(new PlanRequest(
            TargetWords.Title(target), PlanTargetJson.Write(target, was), context.Fleet, context.Census,
            desire.Runners, desire.Deletes, warnings, desire.Blockers, clock.Now(instance), who)
        {
            Brownout = target is PlanTarget.Brownout brownout ? (brownout.Tag, context.Settings.StandInTag) : null,
            // Nothing of either comes to Kubernetes, and evacuation waits for nothing that it does not need.
            Predicted = target is PlanTarget.Evacuate or PlanTarget.Brownout ? Predictions.Nothing : await predicted.ReadAsync(instance, cancel),
        }, cancel);
    }

    // A warning here whether it binds or not: it may have passed before anybody applies.
    private async Task<IEnumerable<PlanWarning>> GatesAsync(PlanTarget target, DesireContext context, CancellationToken cancel) =>
        target is PlanTarget.ToPhase phase && NextStep.IsForward(context.State.Current, phase)
            ? GateGuard.Against(phase, context.State, await gates.LatestAsync(context.Fleet.Instance, cancel), byPerson: true).Select(why => new PlanWarning(GateGuard.Code, why))
            : [];

    private async Task<IEnumerable<PlanWarning>> FreezeAsync(PlanTarget target, DesireContext context, CancellationToken cancel)
    {
        var instance = context.Fleet.Instance;
        return FreezeRule.Holds(target, context.State.Current) && await freezes.AtAsync(instance, clock.Now(instance), cancel) is { } freeze
            ? [new PlanWarning("freeze-window", $"The {FreezeRule.Words(freeze)} lasts until {freeze.Until:u}: nothing flips by itself before. You can apply this all the same.")]
            : [];
    }

    private async Task<IEnumerable<PlanWarning>> PinsAsync(Desire desire, DesireContext context, CancellationToken cancel) =>
        PinsOfPlan.Narrows(desire, context) ? PinsOfPlan.Warnings(await pins.RunAsync(context.Fleet.Instance, cancel), desire, context, clock.Now(context.Fleet.Instance)) : [];

    // Not a blocker: the jobs may have ended before anybody applies, and the step waits for them.
    private async Task<IEnumerable<PlanWarning>> BusyAsync(Desire desire, FleetSnapshot snapshot, CancellationToken cancel)
    {
        if (desire.Deletes.Count == 0) return [];
        var names = snapshot.Runners.ToDictionary(runner => runner.Id, runner => runner.Observed.Description);
        return (await RunningJobs.CountAsync(jobs, snapshot.Instance, desire.Deletes, clock.Now(snapshot.Instance), cancel)).OrderBy(one => one.Key.Number)
            .Select(one => new PlanWarning("not-drained", $"{RunningJobs.Words(names[one.Key], one.Value)}: its deletion waits until they have ended."));
    }

    // A plan made from the last sweep can still be read and discussed; apply reads the fleet again in any case.
    private async Task<(FleetSnapshot? Snapshot, PlanWarning? Stale)> FleetAsync(InstanceId instance, CancellationToken cancel)
    {
        try
        {
            return (await fresh.ReadAsync(instance, cancel), null);
        }
        catch (GitLabUnavailableException gone)
        {
            return (await fleet.LatestAsync(instance, cancel), new PlanWarning("gitlab-unavailable", $"GitLab does not answer, so this rests on the last snapshot: {gone.Message}"));
        }
    }

    private Task<MigrationSettings> ProposeFallbackAsync(DesireContext context, CancellationToken cancel) => settings.RunAsync(
        context.Fleet.Instance, Actor.Portal, "settings.fallback-tag", $"tag/{context.FallbackTag}",
        before => before.FallbackTag is null ? before with { FallbackTag = context.FallbackTag } : before, one => new { one.FallbackTag }, cancel);
}
