using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>An automatic act in words, made of stored facts alone: the same facts give the same words.</summary>
/// <param name="Title">Can be read alone.</param>
/// <param name="Paragraph">What was done and when, why with its figures, what it changed, what became of it, and how it is undone.</param>
/// <param name="Undo">The page on which it is undone or answered; null where nothing can be.</param>
/// <param name="Evidence">What the paragraph rests on.</param>
public sealed record ActExplained(string Title, string Paragraph, ActLink? Undo, IReadOnlyList<ActLink> Evidence)
{
    /// <param name="nameOf">How people and tokens are called.</param>
    /// <param name="now">The instance's time.</param>
    public static ActExplained Of(AutomaticAct act, Func<Actor, string> nameOf, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(act);
        ArgumentNullException.ThrowIfNull(nameOf);
        var (title, did) = ActWords.Did(act, nameOf);
        var undo = ActUndo.Of(act);
        string?[] parts = [did, ActWords.Why(act), ActWords.Changed(act), ActWords.Since(act, now), undo?.Sentence];
        return new ActExplained(title, string.Join(" ", parts.OfType<string>()), undo?.Where, [.. EvidenceOf(act)]);
    }

    private static IEnumerable<ActLink> EvidenceOf(AutomaticAct act)
    {
        if (act.Operation?.Head is { } operation)
        {
            yield return new ActLink($"Operation {operation.Id}", $"operations/{operation.Id}");
            yield return new ActLink($"Plan {operation.PlanId}", $"plans/{operation.PlanId}");
        }
        if (act.RefusedPlan is { } refused) yield return new ActLink($"Plan {refused}", FormattableString.Invariant($"plans/{refused}"));
        if (act.Gates is { } gates) yield return new ActLink($"Gate evaluation {gates.Id}", $"gates?evaluation={gates.Id}");
        if (act.Guard is { } guard) yield return new ActLink($"Guard evaluation {guard.Id}", $"gates/guard?evaluation={guard.Id}");
        yield return new ActLink($"Audit entry {act.Record.Sequence}", $"audit?entry={act.Record.Sequence}");
    }
}

/// <param name="Href">Path in the portal.</param>
public sealed record ActLink(string Title, string Href);
