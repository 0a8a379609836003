using MigrationPortal.Domain.Fleet;

namespace MigrationPortal.Domain.Plans;

/// <summary>A plan step on its way: intent is written before GitLab is called, the outcome after reading back.</summary>
/// <param name="IsRollBack">True for the steps that roll back appended.</param>
/// <param name="Found">What GitLab held just before the write: what roll back and the break-glass script restore.</param>
/// <param name="Message">GitLab's own message, verbatim, when the step failed.</param>
public sealed record OperationStep(
    PlanStep Step,
    bool IsRollBack,
    OperationStepState State,
    RunnerAttributes? Found,
    DateTimeOffset? IntentAt,
    DateTimeOffset? DoneAt,
    string? Message)
{
    /// <summary>The maintenance note that stood there just before the write; null when there was none.</summary>
    public string? FoundNote { get; init; }
}

public enum OperationStepState
{
    Pending,
    Waiting,
    Running,
    Succeeded,
    Failed,

    /// <summary>Never begun, because the operation was rolled back or aborted first.</summary>
    Skipped,
}
