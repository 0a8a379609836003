using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>The way back from an application: the objects of the last good one as they were sent then, and what this one made goes.</summary>
public sealed class ReturnSteps(IApplicationStore applications, ApplicationSteps steps)
{
    /// <returns>Null when somebody else changed it meanwhile, or another one is active in the cluster.</returns>
    public async Task<Application?> BeginAsync(Application of, Actor who, string reason, CancellationToken cancel)
    {
        var before = await BeforeAsync(of, cancel);
        List<ApplyStep> back = [.. (before?.Objects ?? []).Select(one => ApplyStep.Of(ApplyStepKind.Apply, one.Key, isRollBack: true))];
        back.AddRange(
            from step in of.Steps.Reverse()
            where step is { Kind: ApplyStepKind.Apply, IsRollBack: false, Made: true, Object.Kind: not "Namespace" } && before?.Objects.Any(one => one.Key == step.Object) != true
            select ApplyStep.Of(ApplyStepKind.Remove, step.Object, isRollBack: true, step.Uid));
        back.AddRange((before?.Objects ?? []).Where(one => one.Key.Kind is "Deployment" or "Runner").Select(one => ApplyStep.Of(ApplyStepKind.RollOut, one.Key, isRollBack: true)));
        var forward = of.Steps.Where(one => !one.IsRollBack).Select(one => one.State is ApplyStepState.Pending or ApplyStepState.Running ? one with { State = ApplyStepState.Skipped } : one);
        return await steps.GoAsync(of with { Steps = [.. forward, .. back] }, ApplicationState.RollingBack, who, of.Said, reason, cancel);
    }

    /// <summary>The object that a step applies; null: it is not known any more.</summary>
    internal async Task<AppliedObject?> SentAsync(Application of, ApplyStep step, CancellationToken cancel)
    {
        if (!step.IsRollBack) return of.Objects.FirstOrDefault(one => one.Key == step.Object);
        var found = (await BeforeAsync(of, cancel))?.Objects.FirstOrDefault(one => one.Key == step.Object);
        // What this one took over from others is the portal's now, and goes back by the same right.
        return found is null ? null : found with { Force = found.Force || of.Objects.Any(one => one.Key == found.Key && one.Force) };
    }

    private async Task<Application?> BeforeAsync(Application of, CancellationToken cancel) => of.Before is { } id ? await applications.FindAsync(of.Cluster, id, cancel) : null;
}
