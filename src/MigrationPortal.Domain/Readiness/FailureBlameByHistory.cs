using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Readiness;

/// <summary>
/// Sharpens a verdict that names no cause by how the same job (project and name) ended in recent weeks on both sides. A verdict
/// with a cause stays: one line that says what happened is worth more than many counts.
/// </summary>
public static class FailureBlameByHistory
{
    /// <summary>
    /// Jobs on docker before "it never failed there" says anything: by the rule of three (Hanley and Lippman-Hand 1983,
    /// JAMA 249:1743) none of 20 leaves room for 3/20 = 15 % at most, with 95 % confidence.
    /// </summary>
    public const int EnoughOnDocker = 20;

    /// <summary>Failures on one side before it counts as failing: one or two can be one broken commit and its retry.</summary>
    public const int EnoughFailures = 3;

    /// <summary>One-sided level of Fisher's exact test (Fisher 1935) for "more often on Kubernetes". Below the usual 0.05, because every failed job asks.</summary>
    public const double Level = 0.01;

    /// <summary>It fails alike when docker's share of failures is at least this part of Kubernetes' share.</summary>
    public const double Alike = 0.5;

    /// <param name="docker">Failed and finished jobs of that name on docker, canceled ones left out.</param>
    /// <param name="kubernetes">The same on Kubernetes, with the job that is judged.</param>
    /// <returns>The blame, and a sentence when the counts changed or confirmed it; null when they say nothing.</returns>
    public static (FailureBlame Blame, string? Why) Of(FailureVerdict verdict, Rate docker, Rate kubernetes)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        Check(docker);
        Check(kubernetes);
        if (verdict.Class is not (FailureClasses.ExitCode or FailureClasses.Unknown or FailureClasses.Timeout)) return (verdict.Blame, null);
        if (kubernetes.Failed >= EnoughFailures && docker.Finished >= EnoughOnDocker && ProbabilityByChance(docker, kubernetes) <= Level)
            return (FailureBlame.Runner, $"This job failed {Words(kubernetes)} times on Kubernetes and {Words(docker)} times on docker: that is no chance.");
        if (docker.Failed >= EnoughFailures && kubernetes.Finished > 0 && docker.Value >= Alike * kubernetes.Value)
            return (FailureBlame.Code, $"This job fails on docker as well: {Words(docker)} times there, {Words(kubernetes)} times on Kubernetes.");
        return (verdict.Blame, null);
    }

    /// <summary>
    /// How likely so many of the failures, or more, would fall on Kubernetes if it made no difference: the upper tail of the
    /// hypergeometric distribution. Summed by the ratio of neighbours, so that no factorial is needed; a fraction in [0, 1].
    /// </summary>
    public static double ProbabilityByChance(Rate docker, Rate kubernetes)
    {
        long failed = docker.Failed + kubernetes.Failed, all = docker.Finished + kubernetes.Finished;
        long low = Math.Max(0, failed - docker.Finished), high = Math.Min(failed, kubernetes.Finished);
        // From the likeliest count in both directions: the terms fall away from it and their sum cannot overflow.
        var mode = Math.Clamp((failed + 1) * (kubernetes.Finished + 1) / (all + 2), low, high);
        double total = 1, tail = mode >= kubernetes.Failed ? 1 : 0;
        var term = 1.0;
        for (var k = mode; k < high && term > 0; k++)
        {
            term *= (double)(failed - k) * (kubernetes.Finished - k) / ((double)(k + 1) * (docker.Finished - failed + k + 1));
            total += term;
            if (k + 1 >= kubernetes.Failed) tail += term;
        }

        term = 1;
        for (var k = mode; k > low && term > 0; k--)
        {
            term *= (double)k * (docker.Finished - failed + k) / ((double)(failed - k + 1) * (kubernetes.Finished - k + 1));
            total += term;
            if (k - 1 >= kubernetes.Failed) tail += term;
        }

        return Math.Min(1, tail / total);
    }

    private static void Check(Rate rate)
    {
        if (rate.Failed < 0 || rate.Failed > rate.Finished) throw new ArgumentOutOfRangeException(nameof(rate), $"{rate.Failed} of {rate.Finished} is not a rate.");
    }

    private static string Words(Rate rate) => $"{rate.Failed} of {rate.Finished}";
}
