using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Adds to the facts of a step what one gate reads besides jobs and runners: of people, or of other systems.</summary>
public interface IStepFacts
{
    /// <param name="policy">Of the phase that the step leaves.</param>
    /// <param name="target">Of the step.</param>
    Task<GateFacts> AddAsync(GateFacts seen, InstanceId instance, PhasePolicy policy, PlanTarget.ToPhase target, CancellationToken cancel);
}
