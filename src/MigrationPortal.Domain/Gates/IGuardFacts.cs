using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>Reads what the fast roll back is decided from. Asks GitLab for nothing.</summary>
public interface IGuardFacts
{
    Task<GuardFacts> ReadAsync(InstanceId instance, GuardQuestion question, CancellationToken cancel);
}

/// <param name="Since">When the present state was reached.</param>
/// <param name="Restored">What runners would be again if the last step were rolled back; empty when there is none.</param>
/// <param name="BrownoutTags">Tags that are taken away for a while just now.</param>
/// <param name="StuckAfter">How long a job may wait for a runner that can take it.</param>
/// <param name="Latest">The evaluation just before; null: none.</param>
public sealed record GuardQuestion(
    DateTimeOffset Since, IReadOnlyDictionary<RunnerId, RunnerAttributes> Restored, IReadOnlyCollection<string> BrownoutTags, TimeSpan StuckAfter, GuardEvaluation? Latest);
