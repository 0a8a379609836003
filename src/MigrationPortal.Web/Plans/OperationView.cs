using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Web.Plans;

/// <param name="Waits">Why it waits, or GitLab's own words when it is halted.</param>
public sealed record OperationView(
    long Id,
    string Instance,
    long PlanId,
    string Title,
    OperationState State,
    string StartedBy,
    string Reason,
    string? ChangeReference,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string? HaltCode,
    string? Waits,
    int StepsDone,
    int StepsTotal,
    IReadOnlyList<OperationStepView> Steps,
    BrownoutView? Brownout)
{
    internal static OperationView Of(Operation operation, BrownoutView? brownout) => new(
        operation.Id, operation.Instance.Name, operation.PlanId, operation.Title, operation.State, operation.StartedBy.ToString(), operation.Reason,
        operation.ChangeReference, operation.StartedAt, operation.EndedAt, operation.HaltCode, operation.Waits,
        operation.Steps.Count(step => step.State == OperationStepState.Succeeded), operation.Steps.Count, [.. operation.Steps.Select(OperationStepView.Of)], brownout);
}

/// <summary>One PUT or DELETE.</summary>
/// <param name="Message">GitLab's own message when the step failed.</param>
public sealed record OperationStepView(
    int Order,
    PlanStepKind Kind,
    bool IsRollBack,
    long RunnerId,
    string RunnerName,
    IReadOnlyList<StepChange> Changes,
    OperationStepState State,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    string? Message,
    string Why)
{
    internal static OperationStepView Of(OperationStep step) => new(
        step.Step.Order, step.Step.Kind, step.IsRollBack, step.Step.Runner.Number, step.Step.RunnerName,
        [.. StepChange.Between(step.Step.From, step.Step.To)], step.State, step.IntentAt, step.DoneAt, step.Message, step.Step.Why);
}

/// <summary>An operation in a list: without its steps.</summary>
public sealed record OperationSummary(
    long Id, long PlanId, string Title, OperationState State, string StartedBy, string Reason, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, string? HaltCode, string? Waits, int StepsDone, int StepsTotal)
{
    internal static OperationSummary Of(OperationHead operation) => new(
        operation.Id, operation.PlanId, operation.Title, operation.State, operation.StartedBy.ToString(), operation.Reason, operation.StartedAt, operation.EndedAt,
        operation.HaltCode, operation.Waits, operation.StepsDone, operation.Steps);
}
