using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>The carrying out of a plan. One per instance at a time; it resumes after a crash and ends verified.</summary>
/// <param name="Waits">Why it is <see cref="OperationState.Waiting"/>, or GitLab's words when halted.</param>
/// <param name="Version">Grows with every write; a writer with an older one is refused (fencing).</param>
public sealed record Operation(
    long Id,
    InstanceId Instance,
    long PlanId,
    string Title,
    OperationState State,
    Actor StartedBy,
    string Reason,
    string? ChangeReference,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string? HaltCode,
    string? Waits,
    IReadOnlyList<OperationStep> Steps,
    long Version)
{
    /// <summary>Set when it carries out a brownout.</summary>
    public BrownoutWindow? Brownout { get; init; }
}

public enum OperationState
{
    Pending,
    Running,
    Waiting,
    Succeeded,
    Halted,
    RollingBack,
    RolledBack,
    Aborted,
}
