using System.Globalization;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>Kubernetes is worse inside the same projects, by a limit that may be looked at all the time (statistics.md C(b)).</summary>
public sealed class SequenceRule : GuardRule
{
    /// <summary>How much worse Kubernetes may be: not at all.</summary>
    public const double Tolerance = 0;

    /// <summary>Fewer days do not tell a bad day from a bad executor.</summary>
    public const int LeastDays = 3;

    /// <summary>Jobs at which the limit is closest: some days of the smallest steps.</summary>
    public const double TunedFor = 10_000;

    public override string Key => "sequence";

    public override string Title => "Kubernetes is worse than docker";

    public override bool MustPersist => true;

    public override string Limit => $"inside the same projects Kubernetes fails more often than docker for reasons of infrastructure, by a limit that holds however often one looks, over {LeastDays} whole days of the present state or more.";

    public override GuardReading Read(GuardFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        if (facts.Sequence is not { } seen) return Says(GuardAct.None, "no data", "Since the present state was reached, no project finished jobs on both executors over two whole days.");
        var jobs = $"over {GateWords.Jobs(seen.Jobs)} of {seen.Days.ToString(CultureInfo.InvariantCulture)} whole days";
        if (seen.Days < LeastDays || ConfidenceSequence.Lower(seen.Difference, seen.StandardError, seen.Jobs, seen.Failures, TunedFor) is not { } lower)
            return Says(GuardAct.None, "too few", $"Too little to judge by: {GateWords.Count(seen.Failures)} infrastructure failures {jobs}.");
        var found = $"Inside the same projects Kubernetes failed {GateWords.MoreOrLess(seen.Difference)} {jobs}, and by a limit that holds at all times {GateWords.MoreOrLess(lower)} at least";
        return lower > Tolerance
            ? Says(GuardAct.RollBack, $"at least {GateWords.Signed(lower)} pp", $"{found}: it is worse.")
            : Says(GuardAct.None, $"at least {GateWords.Signed(lower)} pp", $"{found}: not shown to be worse.");
    }
}
