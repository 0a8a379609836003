using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>
/// Remembers what each runner was before the migration changed it: frozen just before its first change, so that what
/// admins did until then is theirs. Tags that legacy got since are added before a later change can take them, and the
/// portal's own manual edits move the baseline, so that no phase undoes them.
/// </summary>
public sealed class Baselines(IFleetStore fleet, IMigrationStore migration) : IOperationBegins, IOperationEnded
{
    public async Task BeginsAsync(Plan plan, Operation operation, CancellationToken cancel)
    {
        if (Target(plan) is not (PlanTarget.ToPhase or PlanTarget.Evacuate or PlanTarget.DecideTag)) return;
        var settings = await migration.SettingsAsync(operation.Instance, cancel);
        var start = operation.Start();
        await SaveAsync(operation.Instance, runner => start.TryGetValue(runner.Id, out var was) && was is not null ? Kept(runner, was, settings) : null, cancel);
    }

    public async Task EndedAsync(Plan plan, Operation operation, CancellationToken cancel)
    {
        if (Target(plan) is not PlanTarget.EditRunners) return;
        var back = operation.State == OperationState.RolledBack;
        // Rolled back before its end: nothing was moved yet.
        if (back && operation.Steps.Any(step => step is { IsRollBack: false, DoneAt: null })) return;
        var settings = await migration.SettingsAsync(operation.Instance, cancel);
        var edits = plan.Steps.Where(step => step.To is not null).GroupBy(step => step.Runner).ToDictionary(
            steps => steps.Key, steps => back ? (From: steps.Last().To!.Tags, To: steps.First().From.Tags) : (From: steps.First().From.Tags, To: steps.Last().To!.Tags));
        await SaveAsync(operation.Instance, runner => edits.TryGetValue(runner.Id, out var edit) ? Moved(runner, edit.From, edit.To, settings) : null, cancel);
    }

    private static RunnerAttributes Kept(FleetRunner runner, RunnerAttributes was, MigrationSettings settings)
    {
        if (runner.Baseline is not { } baseline) return was;
        return runner.IsManaged(RunnerRole.Legacy) ? baseline with { Tags = baseline.Tags.Union(was.Tags.Without(settings.LentTags)) } : baseline;
    }

    private static RunnerAttributes? Moved(FleetRunner runner, TagSet from, TagSet to, MigrationSettings settings)
    {
        var gained = to.Without(from);
        if (runner.IsManaged(RunnerRole.Legacy)) gained = gained.Without(settings.LentTags);
        return runner.Baseline is { } baseline ? baseline with { Tags = baseline.Tags.Without(from.Without(to)).Union(gained) } : null;
    }

    private async Task SaveAsync(InstanceId instance, Func<FleetRunner, RunnerAttributes?> baseline, CancellationToken cancel)
    {
        if (await fleet.LatestAsync(instance, cancel) is not { } snapshot) return;
        var moved = snapshot.Runners.Select(runner => (runner, To: baseline(runner))).Where(pair => pair.To is not null && pair.To != pair.runner.Baseline)
            .ToDictionary(pair => pair.runner.Id, pair => pair.To!);
        if (moved.Count > 0) await fleet.SaveBaselinesAsync(instance, moved, cancel);
    }

    private static PlanTarget? Target(Plan plan) => PlanTargetJson.Read(plan.Target) is Outcome<PlanTarget>.Done { Result: var target } ? target : null;
}
