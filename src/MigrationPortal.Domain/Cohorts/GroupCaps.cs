namespace MigrationPortal.Domain.Cohorts;

/// <summary>How many projects of one group (with all below it) a cohort may hold: no team is hit by everything at once.</summary>
/// <param name="Each">For every group that is not named; null: no limit.</param>
/// <param name="Named">By the group's number; null lifts the limit, as for the one group that holds the whole company.</param>
public sealed record GroupCaps(int? Each, IReadOnlyDictionary<long, int?> Named)
{
    public static readonly GroupCaps None = new(null, new Dictionary<long, int?>());

    public int? Of(long group) => Named.TryGetValue(group, out var named) ? named : Each;

    /// <summary>Everything that is wrong, with its field in the API.</summary>
    public IEnumerable<(string Field, string Sentence)> Problems()
    {
        if (Each is < 1) yield return ("caps.each", "Must be 1 or more; left out, groups have no limit.");
        foreach (var (group, cap) in Named)
            if (cap is < 0) yield return ("caps.named", $"The limit of group {group} must be 0 or more, or null for none.");
    }
}
