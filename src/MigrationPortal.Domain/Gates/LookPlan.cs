using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>
/// When a step may be decided, fixed by when it was reached: at the end of the bake, then after longer ones (statistics.md C).
/// All are midnights UTC, because evidence is whole days.
/// </summary>
/// <param name="EvidenceFrom">First day of the evidence at every look.</param>
/// <param name="Looks">Each look judges the days from <paramref name="EvidenceFrom"/> up to it.</param>
public sealed record LookPlan(DateOnly EvidenceFrom, IReadOnlyList<DateOnly> Looks)
{
    /// <summary>
    /// Two-sided confidence of a look that leaves the policy's error for all of them together. Whole days stand for information:
    /// they are known beforehand, and jobs come by the day.
    /// </summary>
    /// <param name="number">From 1.</param>
    public double Confidence(int number, double alpha)
    {
        double Days(DateOnly look) => look.DayNumber - EvidenceFrom.DayNumber;
        return SpendingBounds.Confidence([.. Looks.Take(number).Select(look => new PlannedLook(Days(look) / Days(Looks[^1]), Days(look)))], alpha)
            ?? throw new InvalidOperationException($"Look {number} of {Looks.Count} is too early for any decision.");
    }

    /// <returns>Null before the migration's first step: nothing can be compared.</returns>
    public static LookPlan? Of(GateStep step, GatePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(policy);
        if (step.Since is not { } since || step.EvidenceSince is not { } evidence) return null;
        var (baked, grown) = (FirstWhole(since).AddDays(policy.BakeDays), FirstWhole(evidence).AddDays(policy.EvidenceDays));
        var first = baked > grown ? baked : grown;
        return new LookPlan(first.AddDays(-DaysOf(FirstWhole(since), FirstWhole(evidence), first, policy)), [.. Enumerable.Range(0, policy.Looks).Select(look => first.AddDays(look * policy.BakeDays))]);
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
