using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>How many more jobs a decision wants and about how long they take at the current rates.</summary>
/// <param name="Kubernetes">More finished jobs; null when no number of jobs would do.</param>
/// <param name="Docker">As <paramref name="Kubernetes"/>; jobs that come meanwhile, or where they never come, those that the plan lacks.</param>
/// <param name="Days">At the current rates; null for never.</param>
/// <param name="BelowMargin">False when the observed difference is not below the margin: as things stand, waiting will not end in a pass.</param>
public sealed record TimeToDecision(long? Kubernetes, long? Docker, double? Days, bool BelowMargin)
{
    public const double MostPerDay = 1e12;

    // A century is never: the search ends there.
    private const double Longest = 36_525;

    /// <summary>Until the planned sample is reached, whatever the allocation of the jobs that come.</summary>
    public static TimeToDecision ForSample(SamplePlan plan, Rate kubernetes, Rate docker, double kubernetesPerDay, double dockerPerDay)
    {
        ArgumentNullException.ThrowIfNull(plan);
        Check(kubernetesPerDay, dockerPerDay);
        long failures = kubernetes.Failed + docker.Failed;
        var days = FirstDay(day => plan.IsEnough(
            kubernetes.Finished + kubernetesPerDay * day, docker.Finished + dockerPerDay * day,
            failures + plan.ExpectedFailures(kubernetesPerDay * day, dockerPerDay * day)));
        var belowMargin = !(kubernetes.Value - docker.Value >= plan.Margin);
        if (days is { } some) return In(some, kubernetesPerDay, dockerPerDay, belowMargin);

        var size = SampleSize.Of(plan);
        if (failures < SamplePlan.LeastFailures) size = size?.Doubled;
        return new TimeToDecision(Lacking(size?.Kubernetes, kubernetes), Lacking(size?.Docker, docker), null, belowMargin);
    }

    /// <summary>
    /// Until an upper limit falls below the margin, if the difference stays as it is: a limit's distance shrinks with the
    /// root of the information n₁n₀/(n₁ + n₀).
    /// </summary>
    /// <param name="estimate">The difference Kubernetes − docker.</param>
    /// <param name="upper">Its limit, at or above the estimate.</param>
    public static TimeToDecision ForLimit(
        double estimate, double upper, double margin, long kubernetes, long docker, double kubernetesPerDay, double dockerPerDay)
    {
        Check(kubernetesPerDay, dockerPerDay);
        if (!(upper >= estimate)) throw new ArgumentOutOfRangeException(nameof(upper), $"The limit {upper} lies below the estimate {estimate}.");
        if (upper < margin) return new TimeToDecision(0, 0, 0, true);
        if (!(estimate < margin) || kubernetes <= 0 || docker <= 0) return new TimeToDecision(null, null, null, estimate < margin);

        var times = Math.Pow((upper - estimate) / (margin - estimate), 2);
        var wanted = times * Information(kubernetes, docker);
        var days = FirstDay(day => Information(kubernetes + kubernetesPerDay * day, docker + dockerPerDay * day) >= wanted);
        return days is { } some ? In(some, kubernetesPerDay, dockerPerDay, true) : new TimeToDecision(More(kubernetes, times), More(docker, times), null, true);
    }

    private static TimeToDecision In(double days, double kubernetesPerDay, double dockerPerDay, bool belowMargin) =>
        new(Whole(kubernetesPerDay * days), Whole(dockerPerDay * days), days, belowMargin);

    private static double Information(double kubernetes, double docker) => kubernetes / (kubernetes + docker) * docker;

    private static long? Lacking(long? wanted, Rate has) => wanted is { } some ? Math.Max(0, some - has.Finished) : null;

    private static long? More(long has, double times) => has * (times - 1) is <= SampleSize.Most and var more ? Whole(more) : null;

    // 3,000.0000000004 jobs are 3,000.
    private static long Whole(double jobs) => (long)Math.Ceiling(jobs * (1 - 1e-11));

    private static double? FirstDay(Func<double, bool> isReached)
    {
        if (isReached(0)) return 0;
        if (!isReached(Longest)) return null;
        double low = 0, high = Longest;
        while (high - low > 1e-13 * high)
        {
            var middle = (low + high) / 2;
            if (isReached(middle)) high = middle; else low = middle;
        }

        return high;
    }

    private static void Check(double kubernetesPerDay, double dockerPerDay)
    {
        if (!(kubernetesPerDay is >= 0 and <= MostPerDay)) throw new ArgumentOutOfRangeException(nameof(kubernetesPerDay), $"{kubernetesPerDay} is not a rate a day.");
        if (!(dockerPerDay is >= 0 and <= MostPerDay)) throw new ArgumentOutOfRangeException(nameof(dockerPerDay), $"{dockerPerDay} is not a rate a day.");
    }
}
