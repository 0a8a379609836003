using MigrationPortal.Domain.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

/// <summary>States of operations and their steps, as colour and word.</summary>
public static class OperationWords
{
    public static VerdictKind Kind(OperationState state) => state switch
    {
        OperationState.Succeeded or OperationState.RolledBack => VerdictKind.Pass,
        OperationState.Halted => VerdictKind.Fail,
        OperationState.Aborted => VerdictKind.Attention,
        _ => VerdictKind.Wait,
    };

    public static string Word(OperationState state) => state switch
    {
        OperationState.RollingBack => "rolling back",
        OperationState.RolledBack => "rolled back",
        OperationState.Waiting => "waits",
        _ => state.ToString().ToLowerInvariant(),
    };

    public static VerdictKind Kind(OperationStepState state) => state switch
    {
        OperationStepState.Succeeded => VerdictKind.Pass,
        OperationStepState.Failed => VerdictKind.Fail,
        _ => VerdictKind.Wait,
    };

    public static string Word(OperationStepState state) => state switch
    {
        OperationStepState.Succeeded => "done",
        OperationStepState.Failed => "fail",
        OperationStepState.Pending => "not begun",
        OperationStepState.Waiting => "waits",
        OperationStepState.Skipped => "skipped",
        _ => "running",
    };

    public static bool IsUnfinished(OperationState state) =>
        state is OperationState.Pending or OperationState.Running or OperationState.Waiting or OperationState.RollingBack or OperationState.Halted;

    public static string Headline(OperationHead operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var steps = operation.Steps - operation.StepsSkipped;
        var done = operation.StepsDone;
        return operation.State switch
        {
            OperationState.Pending or OperationState.Running or OperationState.Waiting when operation.Brownout is { } window =>
                $"Operation {operation.Id}: {window.Tag} is away until {window.Until.UtcDateTime:HH:mm} UTC",
            OperationState.Succeeded when operation.Brownout is { } over => $"Operation {operation.Id} is done: {over.Tag} was away and is back",
            OperationState.Halted => $"Operation {operation.Id} stopped at step {Math.Min(done + 1, steps)} of {steps}",
            OperationState.Succeeded when operation.Steps == 0 => $"Operation {operation.Id} is done: no change was needed, verified",
            OperationState.Succeeded => $"Operation {operation.Id} is done: {Words.Count(done, "step")} verified",
            OperationState.RolledBack => $"Operation {operation.Id} was rolled back",
            OperationState.Aborted => $"Operation {operation.Id} was aborted after {done} of {steps} steps",
            OperationState.RollingBack => $"Operation {operation.Id} is being rolled back, {done} of {steps} steps",
            _ => $"Operation {operation.Id}: {done} of {steps} steps done",
        };
    }
}
