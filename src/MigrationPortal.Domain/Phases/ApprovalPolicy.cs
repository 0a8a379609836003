using System.Text.RegularExpressions;
using MigrationPortal.Domain.Plans;

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

    public bool Accepts(string? reference) => ChangeReference is null || (reference is not null && Regex.IsMatch(reference.Trim(), $"^(?:{ChangeReference})$", RegexOptions.CultureInvariant, LongestMatch));

    /// <summary>What is wrong with it, by property.</summary>
    public IEnumerable<(string Property, string Sentence)> Problems()
    {
        if (Needed is < 0 or > Most) yield return (nameof(Needed), $"Must be 0 to {Most}.");
        if (Approvers.Count > 0 && Approvers.Count < Needed) yield return (nameof(Approvers), $"{Approvers.Count} are named and {Needed} are needed: name more, or none for whoever may approve.");
        if (Approvers.Any(one => !one.StartsWith("user:", StringComparison.Ordinal) && !one.StartsWith("token:", StringComparison.Ordinal)))
            yield return (nameof(Approvers), "Name actors as the audit trail does, such as user:production/12 or token:3.");
        if (ChangeReference is { } pattern && !IsPattern(pattern)) yield return (nameof(ChangeReference), "Is not a regular expression: give one such as CHG\\d{7}.");
    }

    private static bool IsPattern(string pattern)
    {
        try
        {
            _ = new Regex(pattern);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
