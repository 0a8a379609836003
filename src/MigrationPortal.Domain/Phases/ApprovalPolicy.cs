using System.Text.RegularExpressions;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>Whose yes a step forward needs.</summary>
/// <param name="Needed">How many; 0 asks for none.</param>
/// <param name="Approvers">Actors as the audit trail names them, such as <c>user:production/12</c> or <c>token:3</c>; empty: whoever may approve.</param>
/// <param name="ChangeReference">A regular expression that the whole change reference must match; null asks for none.</param>
public sealed record ApprovalPolicy(int Needed, IReadOnlyList<string> Approvers, string? ChangeReference)
{
    public const int Most = 10;

    public static readonly ApprovalPolicy None = new(0, [], null);

    private static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(100);

    /// <summary>Those that count: of named approvers, and where more than one is needed not that of the plan's author.</summary>
    public IReadOnlyList<PlanApproval> Counting(Plan plan, IEnumerable<PlanApproval> given)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [.. given.Where(one => (Approvers.Count == 0 || Approvers.Contains(one.By.ToString(), StringComparer.Ordinal)) && (Needed < 2 || one.By != plan.MadeBy)).DistinctBy(one => one.By)];
    }

    public bool Accepts(string? reference) => ChangeReference is null || (reference is not null && Matches(ChangeReference, reference.Trim()));

    /// <summary>What is wrong with it, by property, with the remedy.</summary>
    public IEnumerable<(string Property, string Sentence)> Problems()
    {
        if (Needed is < 0 or > Most) yield return (nameof(Needed), $"Must be 0 to {Most}.");
        if (Approvers.Count > 0 && Approvers.Distinct(StringComparer.Ordinal).Count() is var named && named < Needed)
            yield return (nameof(Approvers), $"{named} {(named == 1 ? "is" : "are")} named and {Needed} are needed: name more, or none for whoever may approve.");
        if (Approvers.Any(one => Actor.Parse(one) is null))
            yield return (nameof(Approvers), "Name actors as the audit trail does, such as user:production/12 or token:3.");
        if (ChangeReference is { } pattern && Compiled(pattern) is null) yield return (nameof(ChangeReference), "Is not a regular expression: give one such as CHG\\d{7}.");
    }

    /// <summary>What may be meant otherwise: whether the author's own yes is enough, or keeps a plan from ever having enough. Null: nothing.</summary>
    public string? Doubt => (Needed, Approvers.Distinct(StringComparer.Ordinal).Count()) switch
    {
        (1, _) => "One approval is enough, also the author's own: ask for 2 so that somebody else always says yes.",
        ( > 1, var named) when named == Needed => $"All {named} have to approve, and an author's own approval does not count: a plan made by one of them never has {Needed}. Name one more, unless others make the plans.",
        _ => null,
    };

    private static bool Matches(string pattern, string reference)
    {
        try
        {
            return Compiled(pattern)?.IsMatch(reference) == true;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    // As it is asked: what is a pattern by itself may not be one as the whole of a reference, such as "(?x) CHG # ours".
    private static Regex? Compiled(string pattern)
    {
        try
        {
            _ = new Regex(pattern);
            return new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant, LongestMatch);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
