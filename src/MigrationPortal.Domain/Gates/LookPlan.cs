namespace MigrationPortal.Domain.Gates;

/// <summary>
/// When a step may be decided at the earliest, fixed by when it was reached: at the end of the bake, then after longer ones
/// (statistics.md C). All are midnights UTC, because evidence is whole days. A look waits longer where jobs are too few.
/// </summary>
/// <param name="EvidenceFrom">First day of the evidence at every look.</param>
/// <param name="Looks">The earliest day of each: it judges the days from <paramref name="EvidenceFrom"/> up to its own.</param>
public sealed record LookPlan(DateOnly EvidenceFrom, IReadOnlyList<DateOnly> Looks)
{
    // Half a year of weeks by default.
    private const int MostBakes = 26;

    /// <summary>The last look comes then at the latest, on whatever there is: a project or two may differ so much that no number of jobs would do.</summary>
    public DateOnly End { get; private init; }

    /// <returns>Null before the migration's first step: nothing can be compared.</returns>
    public static LookPlan? Of(GateStep step, GatePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(policy);
        if (step.Since is not { } since || step.EvidenceSince is not { } evidence) return null;
        var (baked, grown) = (FirstWhole(since).AddDays(policy.BakeDays), FirstWhole(evidence).AddDays(policy.EvidenceDays));
        var first = baked > grown ? baked : grown;
        return new LookPlan(first.AddDays(-DaysOf(FirstWhole(since), FirstWhole(evidence), first, policy)), [.. Enumerable.Range(0, policy.Looks).Select(look => first.AddDays(look * policy.BakeDays))])
        {
            End = first.AddDays(MostBakes * policy.BakeDays),
        };
    }

    // What stood before the step counts with what it brought: at the end of the ramp hardly anything runs on both executors any
    // more, and the bake alone could never tell. Whole weeks more, because weekends have few jobs (statistics.md A.8).
    private static int DaysOf(DateOnly since, DateOnly evidence, DateOnly first, GatePolicy policy)
    {
        var before = since.AddDays(-2 * policy.EvidenceDays);
        var days = first.DayNumber - (before > evidence ? before : evidence).DayNumber;
        return policy.EvidenceDays + (days - policy.EvidenceDays) / 7 * 7;
    }

    /// <summary>The first UTC day that lies wholly after an instant.</summary>
    public static DateOnly FirstWhole(DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return at.UtcDateTime.TimeOfDay == TimeSpan.Zero ? day : day.AddDays(1);
    }
}
