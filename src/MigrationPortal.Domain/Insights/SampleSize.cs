namespace MigrationPortal.Domain.Insights;

/// <summary>Finished jobs that a plan needs, first attempts only, each side rounded up (statistics.md A.6).</summary>
/// <param name="ExpectedFailures">On both sides together, at the planned rates.</param>
public sealed record SampleSize(long Kubernetes, long Docker, double ExpectedFailures)
{
    /// <summary>No GitLab runs more: a plan beyond it is not one.</summary>
    public const double Most = 1e15;

    public SampleSize Doubled => new(2 * Kubernetes, 2 * Docker, 2 * ExpectedFailures);

    /// <summary>What to plan for: doubled where fewer than <see cref="SamplePlan.LeastFailures"/> failures are to be expected.</summary>
    public SampleSize Required => ExpectedFailures < SamplePlan.LeastFailures ? Doubled : this;

    /// <returns>Null when a side would need more than <see cref="Most"/> jobs.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The plan has <see cref="SamplePlan.Problems"/>.</exception>
    public static SampleSize? Of(SamplePlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var (docker, kubernetes) = plan.Jobs();
        return docker > Most || kubernetes > Most ? null
            : new SampleSize((long)Math.Ceiling(kubernetes), (long)Math.Ceiling(docker), plan.ExpectedFailures(kubernetes, docker));
    }

    /// <summary>Days until both sides have their jobs from nothing; a side of endless rate never waits.</summary>
    /// <returns>Null for never: a side gets no jobs.</returns>
    public double? DaysAt(double kubernetesPerDay, double dockerPerDay) =>
        kubernetesPerDay > 0 && dockerPerDay > 0 ? Math.Max(Kubernetes / kubernetesPerDay, Docker / dockerPerDay) : null;
}
