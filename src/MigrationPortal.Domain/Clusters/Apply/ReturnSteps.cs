using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>
/// The way back from an application: the objects of the last good one as they were sent then, what was there without one gets the
/// fields that it had, and what this one made goes.
/// </summary>
public sealed class ReturnSteps(IApplicationStore applications, ApplicationSteps steps)
{
    /// <returns>Null when somebody else changed it meanwhile, or another one is active in the cluster.</returns>
    public async Task<Application?> BeginAsync(Application of, Actor who, string reason, CancellationToken cancel)
    {
        var before = await BeforeAsync(of, cancel);
        bool IsOfBefore(ObjectKey key) => before?.Objects.Any(one => one.Key == key) == true;
        var changed = of.Steps.Where(one => one is { Kind: ApplyStepKind.Apply, IsRollBack: false, Made: false, Notes.Fields: not null, Object.Kind: not "Namespace" } && !IsOfBefore(one.Object)).Select(one => one.Object!).ToList();
        List<ApplyStep> back = [.. changed.Concat((before?.Objects ?? []).Select(one => one.Key)).Select(key => ApplyStep.Of(ApplyStepKind.Apply, key, isRollBack: true))];
        back.AddRange(
            from step in of.Steps.Reverse()
            where step is { Kind: ApplyStepKind.Apply, IsRollBack: false, Made: true, Object.Kind: not "Namespace" } && !IsOfBefore(step.Object)
            select ApplyStep.Of(ApplyStepKind.Remove, step.Object, isRollBack: true, step.Uid));
        back.AddRange(changed.Concat((before?.Objects ?? []).Select(one => one.Key)).Where(key => key.Kind is "Deployment" or "Runner").Select(key => ApplyStep.Of(ApplyStepKind.RollOut, key, isRollBack: true)));
        var forward = of.Steps.Where(one => !one.IsRollBack).Select(one => one.State is ApplyStepState.Pending or ApplyStepState.Running ? one with { State = ApplyStepState.Skipped } : one);
        return await steps.GoAsync(of with { Steps = [.. forward, .. back] }, ApplicationState.RollingBack, who, of.Said, reason, cancel);
    }

    /// <summary>The object that a step applies; null: it is not known any more.</summary>
    internal async Task<AppliedObject?> SentAsync(Application of, ApplyStep step, CancellationToken cancel)
    {
        if (!step.IsRollBack) return of.Objects.FirstOrDefault(one => one.Key == step.Object);
        var found = (await BeforeAsync(of, cancel))?.Objects.FirstOrDefault(one => one.Key == step.Object);
        // What this one took over from others is the portal's now, and goes back by the same right.
        if (found is null) return of.Steps.FirstOrDefault(one => one is { Kind: ApplyStepKind.Apply, IsRollBack: false } && one.Object == step.Object)?.Notes?.Fields is { } fields ? new AppliedObject(step.Object!, fields, of.Objects.Any(one => one.Key == step.Object && one.Force)) : null;
        return found with { Force = found.Force || of.Objects.Any(one => one.Key == found.Key && one.Force) };
    }

    private async Task<Application?> BeforeAsync(Application of, CancellationToken cancel) => of.Before is { } id ? await applications.FindAsync(of.Cluster, id, cancel) : null;
}
