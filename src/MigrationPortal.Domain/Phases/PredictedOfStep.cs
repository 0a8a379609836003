using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>
/// What the gate of predicted failures judges by: untagged jobs, which the takeover moves, and for the step out of it also jobs
/// whose tags Kubernetes adopts. Not known before the first CI file was read.
/// </summary>
public sealed class PredictedOfStep(IPredictedFailures predicted, IMigrationStore migration) : IStepFacts
{
    public async Task<GateFacts> AddAsync(GateFacts seen, InstanceId instance, PhasePolicy policy, PlanTarget.ToPhase target, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(seen);
        ArgumentNullException.ThrowIfNull(target);
        if (!seen.Step.Stage.Compares()) return seen;
        var found = await predicted.ReadAsync(instance, cancel);
        if (found.Scanned == 0) return seen;
        var decisions = target.Phase >= Phase.DockerFallback ? (await migration.SettingsAsync(instance, cancel)).Decisions : new Dictionary<string, TagDecision>();
        var adopted = TagSet.Of(decisions.Where(one => one.Value == TagDecision.Adopt).Select(one => one.Key));
        return seen with { PredictedFailuresPerDay = found.Failures.Where(one => one.Tags.IsSubsetOf(adopted)).Sum(one => one.JobsPerDay) };
    }
}
