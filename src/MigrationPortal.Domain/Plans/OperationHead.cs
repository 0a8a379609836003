using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>An operation without its steps: what lists, the shell and whoever asks "is one under way?" need. See <see cref="Operation"/>.</summary>
/// <param name="Steps">How many there are, those of the way back included.</param>
/// <param name="StepsDone">How many of them succeeded.</param>
/// <param name="StepsSkipped">How many of them will never begin.</param>
public sealed record OperationHead(
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
    int Steps,
    int StepsDone,
    int StepsSkipped,
    long Version)
{
    /// <summary>Set when it carries out a brownout.</summary>
    public BrownoutWindow? Brownout { get; init; }

    public static OperationHead Of(Operation operation) => new(
        operation.Id, operation.Instance, operation.PlanId, operation.Title, operation.State, operation.StartedBy, operation.Reason,
        operation.ChangeReference, operation.StartedAt, operation.EndedAt, operation.HaltCode, operation.Waits,
        operation.Steps.Count, Count(operation, OperationStepState.Succeeded), Count(operation, OperationStepState.Skipped), operation.Version)
    {
        Brownout = operation.Brownout,
    };

    /// <summary>The whole operation; <paramref name="steps"/> are in their order.</summary>
    public Operation With(IReadOnlyList<OperationStep> steps) => new(
        Id, Instance, PlanId, Title, State, StartedBy, Reason, ChangeReference, StartedAt, EndedAt, HaltCode, Waits, steps, Version)
    {
        Brownout = Brownout,
    };

    private static int Count(Operation operation, OperationStepState state) => operation.Steps.Count(step => step.State == state);
}
