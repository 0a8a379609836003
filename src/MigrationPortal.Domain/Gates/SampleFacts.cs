using MathNet.Numerics.Distributions;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Gates;

/// <summary>The jobs that a comparison rests on, against those that it needs to show what the policy asks, with its power.</summary>
/// <param name="All">Judged for all failures instead of those of infrastructure.</param>
/// <param name="Kubernetes">Of strata that finished jobs on both executors, like <paramref name="Docker"/>.</param>
/// <param name="Covered">Jobs of Kubernetes in projects with such a stratum.</param>
/// <param name="Every">All jobs of Kubernetes.</param>
/// <param name="Days">Of the evidence so far, with jobs in such strata.</param>
/// <param name="Held">
/// Share that the jobs are of those that the policy's margin and power ask at docker's rate (statistics.md A.6); half of it while there
/// are fewer than <see cref="SamplePlan.LeastFailures"/> failures. 1 is enough.
/// </param>
/// <param name="Reached">
/// The same by how exact the comparison is: it also knows that jobs of a day or a project fail together and how unevenly strata are
/// split. Never more than <paramref name="Held"/>.
/// </param>
/// <param name="PerDay">Jobs a day on Kubernetes in such strata.</param>
public sealed record SampleFacts(bool All, Rate Kubernetes, Rate Docker, long Covered, long Every, long Projects, int Days, double Held, double Reached, double PerDay)
{
    private const double Century = 36_525;

    /// <summary>Share of Kubernetes's jobs that are in compared projects.</summary>
    public double Coverage => (double)Covered / Every;

    public bool IsEnough => Days >= NoWorseGate.LeastDays && Held >= 1;

    /// <summary>Kubernetes jobs that are enough, about; null when no number would do.</summary>
    public long? Needed => Wanted(Held, 1);

    /// <summary>How many more Kubernetes jobs that is; null when no number would do.</summary>
    public long? More => Needed is { } needed ? Math.Max(0, needed - Kubernetes.Finished) : null;

    /// <summary>How long they take at the jobs a day of the evidence; null for never.</summary>
    public double? MoreDays => DaysOf(More);

    /// <summary>Kubernetes jobs, about and at the present split, with which so much is <see cref="Reached"/>; null when no number would do.</summary>
    public long? NeededFor(double reached) => Wanted(Reached, reached);

    /// <summary>How long so many jobs take at the jobs a day of the evidence; null for never, which a century is.</summary>
    public double? DaysOf(long? more) => more is { } some && PerDay > 0 && Math.Max(some / PerDay, NoWorseGate.LeastDays - Days) is var days && days <= Century ? days : null;

    /// <summary>Of both measures, the one that lacks more.</summary>
    /// <returns>Null while no project has finished jobs on both executors.</returns>
    public static SampleFacts? Of(GateFacts facts, GatePolicy policy, LookPlan plan)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(plan);
        var today = DateOnly.FromDateTime(facts.At.UtcDateTime);
        return Of(facts, policy, plan.EvidenceFrom, today, all: false) is { } one && Of(facts, policy, plan.EvidenceFrom, today, all: true) is { } other
            ? other.Held < one.Held ? other : one : null;
    }

    /// <param name="until">The day after the last one that counts.</param>
    /// <returns>Null while no project has finished jobs on both executors.</returns>
    public static SampleFacts? Of(GateFacts facts, GatePolicy policy, DateOnly from, DateOnly until, bool all)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        return Of(new Evidence(facts, policy, from, all).Before(until), policy);
    }

    /// <param name="seen">Before some day.</param>
    internal static SampleFacts? Of(Evidence seen, GatePolicy policy)
    {
        if (WidestError.Of(seen.Table, Comparisons.Confidence(policy)) is not var (error, days)) return null;
        var (kubernetes, docker) = seen.Table.Compared;
        var projects = seen.Strata.Where(one => one.Jobs.IsCompared).Select(one => one.Project).ToHashSet();
        return new SampleFacts(
            seen.All, kubernetes, docker, seen.Strata.Where(one => projects.Contains(one.Project)).Sum(one => one.Jobs.Kubernetes.Finished), seen.Strata.Sum(one => one.Jobs.Kubernetes.Finished), projects.Count,
            days, HeldBy(seen, policy), ReachedBy(seen, policy, error), (double)kubernetes.Finished / Math.Max(1, seen.Until.DayNumber - seen.From.DayNumber));
    }

    /// <summary>Told by sums alone, without leaving out each day: false when the jobs cannot be enough for a look that wants so much to be <see cref="Reached"/>.</summary>
    internal static bool MayBeEnough(Evidence seen, GatePolicy policy, double wanted) =>
        HeldBy(seen, policy) >= Math.Max(1, wanted) && MantelHaenszel.Of(seen.Table.Strata) is { StandardError: var error } && ReachedBy(seen, policy, error) >= wanted;

    private static double ReachedBy(Evidence seen, GatePolicy policy, double error) =>
        Math.Min(HeldBy(seen, policy), Shown(error, policy, seen.All) * Rareness(seen.Table.Compared.Kubernetes, seen.Table.Compared.Docker));

    // Against the standard error that the plan would have it be.
    private static double Shown(double error, GatePolicy policy, bool all) => error > 0
        ? Math.Pow(policy.MarginOf(all) / (Normal.InvCDF(0, 1, policy.Power) - Normal.InvCDF(0, 1, policy.Alpha)) / error, 2)
        : double.PositiveInfinity;

    private static double HeldBy(Evidence seen, GatePolicy policy)
    {
        var (kubernetes, docker) = seen.Table.Compared;
        if (kubernetes.Finished == 0 || docker.Finished == 0) return 0;
        // Docker's rate decides. Without any failure, or any success, a Wilson limit does: such a rate would need no jobs.
        var (low, high) = WilsonInterval.Of(docker)!.Value;
        var rate = docker.Failed == 0 ? high : docker.Failed == docker.Finished ? low : docker.Value!.Value;
        var plan = new SamplePlan(rate, policy.MarginOf(seen.All), policy.Power, policy.Alpha, Math.Clamp((double)kubernetes.Finished / docker.Finished, 1e-4, 1e4));
        return plan.Reached(kubernetes.Finished, docker.Finished) * Rareness(kubernetes, docker);
    }

    // Normal theory is rough where failures are few (statistics.md A.6).
    private static double Rareness(Rate kubernetes, Rate docker) => kubernetes.Failed + docker.Failed < SamplePlan.LeastFailures ? 0.5 : 1;

    private long? Wanted(double has, double share) => share * (Kubernetes.Finished / has) is var jobs && jobs <= SampleSize.Most ? (long)Math.Ceiling(jobs) : null;
}
