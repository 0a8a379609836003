using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>The jobs that a step's comparison rests on, against those that it needs.</summary>
/// <param name="Kubernetes">Of strata that finished jobs on both executors.</param>
/// <param name="Covered">Jobs of Kubernetes in projects with such a stratum.</param>
/// <param name="Every">All jobs of Kubernetes.</param>
/// <param name="Needed">Kubernetes jobs for the policy's margin and power at docker's rate and the present allocation; null when no number would do.</param>
/// <param name="More">What is lacking, and about how long it takes at the jobs a day of the evidence.</param>
public sealed record SampleFacts(ArmCounts Kubernetes, ArmCounts Docker, long Covered, long Every, long Projects, long? Needed, bool IsEnough, TimeToDecision More)
{
    /// <summary>Share of Kubernetes's jobs that are in compared projects.</summary>
    public double Coverage => (double)Covered / Every;

    /// <returns>Null while no project has finished jobs on both executors.</returns>
    public static SampleFacts? Of(GateFacts facts, GatePolicy policy, LookPlan plan)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(plan);
        var exempted = policy.Exempted.ToHashSet();
        var arms = facts.Arms.Where(arm => arm.Day >= plan.EvidenceFrom && !exempted.Contains(arm.Project)).ToList();
        var shared = Comparisons.Shared(facts, policy, plan.EvidenceFrom).ToList();
        var (kubernetes, docker) = shared.Aggregate((K: default(ArmCounts), D: default(ArmCounts)), (sum, one) => (sum.K + one.Kubernetes, sum.D + one.Docker));
        var projects = shared.Select(one => one.Project).ToHashSet();
        if (projects.Count == 0) return null;
        var wish = Wish(kubernetes, docker, policy);
        var (ran, stayed) = (kubernetes.Rate(all: false), docker.Rate(all: false));
        var days = Math.Max(1, DateOnly.FromDateTime(facts.At.UtcDateTime).DayNumber - plan.EvidenceFrom.DayNumber);
        var size = SampleSize.Of(wish);
        return new SampleFacts(
            kubernetes, docker, arms.Where(arm => projects.Contains(arm.Project)).Sum(arm => arm.Kubernetes.Finished), arms.Sum(arm => arm.Kubernetes.Finished), projects.Count, (ran.Failed + stayed.Failed < SamplePlan.LeastFailures ? size?.Doubled : size)?.Kubernetes, wish.IsEnough(ran, stayed),
            TimeToDecision.ForSample(wish, ran, stayed, (double)kubernetes.Finished / days, (double)docker.Finished / days));
    }

    private static SamplePlan Wish(ArmCounts kubernetes, ArmCounts docker, GatePolicy policy)
    {
        // Docker's rate decides. Without any failure, or any success, a Wilson limit does: such a rate would need no jobs.
        var (low, high) = WilsonInterval.Of(docker.Rate(all: false))!.Value;
        var rate = docker.Infrastructure == 0 ? high : docker.Infrastructure == docker.Finished ? low : docker.Rate(all: false).Value!.Value;
        return new SamplePlan(rate, policy.Margin, policy.Power, policy.Alpha, Math.Clamp((double)kubernetes.Finished / docker.Finished, 1e-4, 1e4));
    }
}
