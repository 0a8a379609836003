using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Fleet;

/// <summary>What an owner says of a docker runner of theirs. Stored by name.</summary>
public enum OwnerSays
{
    /// <summary>Its jobs have found another runner.</summary>
    Done,

    /// <summary>It stays, for the reason that is given.</summary>
    Keep,
}

/// <param name="Reason">Never empty for one that is kept.</param>
/// <param name="At">The instance's time.</param>
public sealed record OwnerAnswer(RunnerId Runner, OwnerSays Says, string? Reason, Actor By, DateTimeOffset At)
{
    /// <summary>The word of API and audit.</summary>
    public string Word => Says == OwnerSays.Done ? "done" : "keep";

    /// <param name="lastStartedAt">Of the runner's last job; null: none was seen.</param>
    public bool IsContradictedBy(DateTimeOffset? lastStartedAt) => Says == OwnerSays.Done && lastStartedAt > At;
}

/// <summary>The newest answer for each runner; earlier ones stand in the audit trail.</summary>
public interface IOwnerAnswers
{
    Task<IReadOnlyDictionary<RunnerId, OwnerAnswer>> ReadAsync(InstanceId instance, CancellationToken cancel);

    /// <summary>In the place of an earlier one.</summary>
    Task SaveAsync(OwnerAnswer answer, CancellationToken cancel);

    /// <returns>False when there was none.</returns>
    Task<bool> RemoveAsync(RunnerId runner, CancellationToken cancel);
}
