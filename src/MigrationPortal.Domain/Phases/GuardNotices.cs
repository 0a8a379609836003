using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Notices;

namespace MigrationPortal.Domain.Phases;

/// <summary>How an automatic act is explained, and what people hear of a fired rule.</summary>
internal static class GuardNotices
{
    /// <summary>One paragraph: the rule, its numbers, and where the evidence is.</summary>
    public static string Why(GuardEvaluation evaluation) =>
        $"Automatic: {evaluation.LeadingRule().Title}. {evaluation.Leading().Sentence} (rule {evaluation.Leading().Rule}, guard evaluation {evaluation.Id})";

    /// <summary>Once for as long as the same is done about the same state by the same rule.</summary>
    public static string KeyOf(GuardEvaluation evaluation) =>
        FormattableString.Invariant($"guard/{evaluation.Leading().Rule}/{evaluation.State.ToUnixTimeMilliseconds()}/{evaluation.At:yyyy-MM-dd}/{evaluation.Done}");

    /// <param name="step">The operation of the last step, where a person would roll back.</param>
    public static Notice Fired(GuardEvaluation evaluation, long? step) => new(
        evaluation.Instance, NoticeKind.GuardFired, evaluation.Act == GuardAct.Hold ? NoticeSeverity.Attention : NoticeSeverity.Critical,
        KeyOf(evaluation),
        $"{evaluation.LeadingRule().Title}: {evaluation.Leading().Sentence} {evaluation.Done}",
        [.. evaluation.Readings.Where(reading => reading.Act >= GuardAct.Hold).Select(reading => new NoticeNumber(reading.Rule, reading.Value))],
        evaluation.OperationId is { } begun ? $"operations/{begun}" : evaluation.Act != GuardAct.Evacuate && step is { } id ? $"operations/{id}" : "evacuate", evaluation.At);
}
