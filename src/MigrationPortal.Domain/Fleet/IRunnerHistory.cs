using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>What sweeps saw change on a runner, whoever changed it.</summary>
public interface IRunnerHistory
{
    /// <summary>Newest first; <paramref name="before"/> is the last id of the page before.</summary>
    Task<IReadOnlyList<RunnerChangeSeen>> ChangesAsync(InstanceId instance, long? runner, int limit, long? before, CancellationToken cancel);

    /// <summary>Every set of tags that a runner carried at any time since the first snapshot, runners that are gone included.</summary>
    Task<IReadOnlyCollection<TagSet>> TagsCarriedAsync(InstanceId instance, CancellationToken cancel);
}

/// <param name="Attribute">Such as <c>tags</c>, <c>runUntagged</c>, <c>paused</c>, <c>accessLevel</c>, <c>executor</c>, <c>seen</c> or <c>gone</c>.</param>
/// <param name="SeenAt">The snapshot that first showed it: the change is older by at most one sweep.</param>
public sealed record RunnerChangeSeen(long Id, RunnerId Runner, DateTimeOffset SeenAt, string Attribute, string? From, string? To);
