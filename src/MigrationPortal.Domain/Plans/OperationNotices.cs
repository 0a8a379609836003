using System.Globalization;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Plans;

/// <summary>What people hear of an operation. Every link leads to its page, where it is resumed or rolled back.</summary>
internal static class OperationNotices
{
    /// <param name="operation">As it is before the halt is stored: its version names this halt, also when it is written twice.</param>
    public static Notice Halted(Operation operation, string code, string words, DateTimeOffset at) => Of(
        operation, NoticeKind.OperationHalted, NoticeSeverity.Critical, $"halted/{operation.Version}",
        $"Operation {operation.Id} ({operation.Title}) is halted: {words}", [Steps(operation), new NoticeNumber("halted as", code)], at);

    /// <param name="operation">Just turned round.</param>
    /// <param name="who">What the portal does by itself in an emergency wakes people; what a person did they know.</param>
    public static Notice RollbackStarted(Operation operation, Actor who, string reason, DateTimeOffset at) => Of(
        operation, NoticeKind.RollbackStarted, who.Kind == ActorKind.Portal ? NoticeSeverity.Critical : NoticeSeverity.Attention, $"rollback/{operation.Version}",
        $"Operation {operation.Id} ({operation.Title}) is being rolled back: {reason}", [new NoticeNumber("runners", $"{operation.Originals().Count}")], at);

    /// <param name="operation">Just begun.</param>
    public static Notice EvacuationStarted(Operation operation) => Of(
        operation, NoticeKind.EvacuationStarted, operation.StartedBy.Kind == ActorKind.Portal ? NoticeSeverity.Critical : NoticeSeverity.Attention, "evacuation",
        $"Operation {operation.Id} ({operation.Title}) evacuates: {operation.Reason}", [new NoticeNumber("runners", $"{operation.Steps.Select(step => step.Step.Runner).Distinct().Count()}")], operation.StartedAt);

    /// <param name="operation">In its end state.</param>
    public static Notice Ended(Operation operation) => operation.State == OperationState.RolledBack
        ? Of(operation, NoticeKind.OperationRolledBack, NoticeSeverity.Attention, "rolled-back",
            $"Operation {operation.Id} ({operation.Title}) is rolled back: its runners are what they were.", [Steps(operation)], operation.EndedAt!.Value)
        : Of(operation, NoticeKind.OperationSucceeded, NoticeSeverity.Info, "succeeded",
            $"Operation {operation.Id} ({operation.Title}) is done and verified.", [Steps(operation), Took(operation)], operation.EndedAt!.Value);

    private static Notice Of(Operation operation, NoticeKind kind, NoticeSeverity severity, string key, string sentence, IReadOnlyList<NoticeNumber> numbers, DateTimeOffset at) => new(
        operation.Instance, kind, severity, $"operation/{operation.Id}/{key}", sentence, numbers, $"operations/{operation.Id}", at);

    private static NoticeNumber Steps(Operation operation)
    {
        var ours = operation.Steps.Where(step => step.IsRollBack == operation.IsGoingBack()).ToList();
        return new NoticeNumber("steps done", $"{ours.Count(step => step.State == OperationStepState.Succeeded)} of {ours.Count}");
    }

    private static NoticeNumber Took(Operation operation) =>
        new("took", string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (operation.EndedAt!.Value - operation.StartedAt).TotalMinutes):0.#} min"));
}
