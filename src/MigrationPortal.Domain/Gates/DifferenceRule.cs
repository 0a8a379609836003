using System.Globalization;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>Kubernetes is worse by a limit that may be looked at all the time (statistics.md C(b)).</summary>
public abstract class DifferenceRule : GuardRule
{
    /// <summary>Fewer days do not tell a bad day from a bad executor.</summary>
    public const int LeastDays = 3;

    /// <summary>Jobs at which the limit is closest: some days of the smallest steps.</summary>
    public const double TunedFor = 10_000;

    public override bool MustPersist => true;

    /// <summary>A comparison, by the limit that holds at all times.</summary>
    /// <param name="tolerance">As a fraction.</param>
    /// <param name="against">Begins the sentence.</param>
    protected GuardReading Judged(SequenceFacts seen, double tolerance, string against)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var jobs = $"over {GateWords.Jobs(seen.Jobs)} of {seen.Days.ToString(CultureInfo.InvariantCulture)} whole days";
        if (seen.Days < LeastDays || ConfidenceSequence.Lower(seen.Difference, seen.StandardError, seen.Jobs, seen.Failures, TunedFor) is not { } lower)
            return Says(GuardAct.None, "too few", $"Too little to judge by: {GateWords.Count(seen.Failures)} infrastructure failures {jobs}.");
        var found = $"{against} Kubernetes failed {GateWords.MoreOrLess(seen.Difference)} {jobs}, and by a limit that holds at all times {GateWords.MoreOrLess(lower)} at least";
        var worse = tolerance > 0 ? $"worse by more than {GateWords.Points(tolerance)} points" : "worse";
        return lower > tolerance
            ? Says(GuardAct.RollBack, $"at least {GateWords.Signed(lower)} pp", $"{found}: it is {worse}.")
            : Says(GuardAct.None, $"at least {GateWords.Signed(lower)} pp", $"{found}: not shown to be {worse}.");
    }
}
