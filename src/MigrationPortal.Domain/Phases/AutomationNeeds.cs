using System.Globalization;
using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Domain.Phases;

/// <summary>What automation has left open for somebody to look at.</summary>
public sealed record AutomationNeeds
{
    public static readonly AutomationNeeds None = new();

    /// <summary>The fired roll back rule that people should know of: see <see cref="EvaluateGuard.ToldAsync"/>.</summary>
    public GuardEvaluation? Guard { get; init; }

    /// <summary>When somebody took the alert that told of it; null: nobody has.</summary>
    public DateTimeOffset? GuardTakenAt { get; init; }

    /// <summary>Runners that were put back and set again in the same way, with the operation that had put them back.</summary>
    public IReadOnlyList<(DriftedRunner Runner, long OperationId)> Conflicts { get; init; } = [];

    /// <summary>The plan of the next step that stands ready, with the approvals that it has and needs.</summary>
    public (long Plan, string Title, int Given, int Needed)? Unapproved { get; init; }

    /// <summary>The freeze window that lasts.</summary>
    public FreezeSpan? Freeze { get; init; }

    /// <summary>What it holds now, in some words each; empty: nothing.</summary>
    public IReadOnlyList<string> Held { get; init; } = [];

    /// <summary>External gates of the next step whose answer lasts no longer.</summary>
    public IReadOnlyList<(string Name, DateTimeOffset ExpiredAt)> Expired { get; init; } = [];
}

/// <summary>The lines of the attention list that come of it. Pure.</summary>
internal static class AutomationAttention
{
    public static IEnumerable<AttentionItem> Of(AutomationNeeds needs) => [.. OfGuard(needs), .. OfConflicts(needs), .. OfPlan(needs), .. OfFreeze(needs), .. OfExpired(needs)];

    // What was done and has been taken needs nobody else; an alert that nothing was done about still stands.
    private static IEnumerable<AttentionItem> OfGuard(AutomationNeeds needs)
    {
        if (needs is not { Guard: { } guard } || (needs.GuardTakenAt is not null && guard.OperationId is not null)) yield break;
        var taken = needs.GuardTakenAt is { } at ? $" Somebody took it at {at.UtcDateTime:HH:mm} UTC." : "";
        yield return new AttentionItem(
            taken.Length > 0 ? AttentionLevel.Wait : AttentionLevel.Fail, "guard-fired", $"{guard.LeadingRule().Title}: {guard.Done}", guard.Leading().Sentence + taken, guard.OperationId?.ToString(CultureInfo.InvariantCulture),
            new ActLink($"Guard evaluation {guard.Id}", FormattableString.Invariant($"gates/guard?evaluation={guard.Id}")));
    }

    private static IEnumerable<AttentionItem> OfConflicts(AutomationNeeds needs)
    {
        if (needs.Conflicts.Count == 0) yield break;
        var (first, operation) = needs.Conflicts[0];
        yield return new AttentionItem(
            AttentionLevel.Attention, "drift-conflict", $"{(needs.Conflicts.Count == 1 ? $"{first.Runner.Observed.Description} was" : $"{needs.Conflicts.Count} runners were")} put back by the portal and set again by something else",
            $"{string.Join("; ", needs.Conflicts.Take(3).Select(one => $"{one.Runner.Runner.Observed.Description}: {one.Runner.Words}"))}. The portal leaves them alone: change it at its source, or plan the phase again.",
            Evidence: new ActLink($"Operation {operation}", FormattableString.Invariant($"operations/{operation}")));
    }

    private static IEnumerable<AttentionItem> OfPlan(AutomationNeeds needs)
    {
        if (needs.Unapproved is var (plan, title, given, needed))
            yield return new AttentionItem(AttentionLevel.Attention, "approval-missing", $"Plan {plan} waits for approval: {title}", $"It has {given} of {needed}.", plan.ToString(CultureInfo.InvariantCulture));
    }

    private static IEnumerable<AttentionItem> OfFreeze(AutomationNeeds needs)
    {
        if (needs is { Freeze: { } freeze, Held: { Count: > 0 } held })
            yield return new AttentionItem(AttentionLevel.Wait, "freeze-holds", $"Freeze window '{freeze.Name}' holds until {freeze.Until.UtcDateTime.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture)} UTC: {string.Join("; ", held)}", "A person can still apply a plan.");
    }

    private static IEnumerable<AttentionItem> OfExpired(AutomationNeeds needs) => needs.Expired.Select(one => new AttentionItem(
        AttentionLevel.Attention, "external-expired", $"External gate '{one.Name}' has no answer that lasts", $"Its last one ended {one.ExpiredAt.UtcDateTime.ToString("ddd d MMM HH:mm", CultureInfo.InvariantCulture)} UTC: the next step is held until it answers again.", one.Name));
}
