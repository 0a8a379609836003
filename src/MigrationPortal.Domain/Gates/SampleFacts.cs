using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Gates;

/// <summary>The jobs that a step's comparison rests on, against those that it needs.</summary>
/// <param name="Kubernetes">Of projects that finished jobs on both executors.</param>
/// <param name="Every">All jobs of Kubernetes.</param>
/// <param name="Needed">Kubernetes jobs for the policy's margin and power at docker's rate and the present allocation; null when no number would do.</param>
/// <param name="More">What is lacking, and about how long it takes at the jobs a day of the evidence.</param>
public sealed record SampleFacts(ArmCounts Kubernetes, ArmCounts Docker, long Every, long Projects, long? Needed, bool IsEnough, TimeToDecision More)
{
    /// <summary>Share of Kubernetes's jobs that are in compared projects.</summary>
    public double Coverage => (double)Kubernetes.Finished / Every;

    /// <returns>Null while no project has finished jobs on both executors.</returns>
    public static SampleFacts? Of(GateFacts facts, GatePolicy policy, LookPlan plan)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(plan);
        var exempted = policy.Exempted.ToHashSet();
        var (kubernetes, docker, every, projects) = (default(ArmCounts), default(ArmCounts), 0L, 0L);
        foreach (var project in facts.Arms.Where(arm => arm.Day >= plan.EvidenceFrom && !exempted.Contains(arm.Project)).GroupBy(arm => arm.Project))
        {
            var (k, d) = project.Aggregate((K: default(ArmCounts), D: default(ArmCounts)), (sum, day) => (sum.K + day.Kubernetes, sum.D + day.Docker));
            every += k.Finished;
            if (k.Finished == 0 || d.Finished == 0) continue;
            (kubernetes, docker, projects) = (kubernetes + k, docker + d, projects + 1);
        }

        if (projects == 0) return null;
        var wish = Wish(kubernetes, docker, policy);
        var (ran, stayed) = (kubernetes.Rate(all: false), docker.Rate(all: false));
        var days = Math.Max(1, DateOnly.FromDateTime(facts.At.UtcDateTime).DayNumber - plan.EvidenceFrom.DayNumber);
        var size = SampleSize.Of(wish);
        return new SampleFacts(
            kubernetes, docker, every, projects, (ran.Failed + stayed.Failed < SamplePlan.LeastFailures ? size?.Doubled : size)?.Kubernetes, wish.IsEnough(ran, stayed),
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
