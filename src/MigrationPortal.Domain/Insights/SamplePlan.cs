using MathNet.Numerics.Distributions;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>
/// What a comparison shall be able to show: that Kubernetes is no worse than docker by the margin (statistics.md A.6;
/// Chow, Shao, Wang, Sample Size Calculations in Clinical Research, non-inferiority of two proportions).
/// </summary>
/// <param name="BaseRate">Docker's failure rate, strictly between 0 and 1.</param>
/// <param name="Margin">As a fraction: 0.0025 is a quarter of a point.</param>
/// <param name="Power">Chance to show it when it is so; from 0.5 on, below 1.</param>
/// <param name="Alpha">One-sided chance to show it although it is not so; above 0, below 0.5.</param>
/// <param name="KubernetesPerDocker">Kubernetes jobs for one docker job: 1/9 where a tenth runs on Kubernetes.</param>
/// <param name="Difference">Assumed true Kubernetes − docker, below the margin.</param>
/// <param name="DesignEffect">1 + (m − 1)ρ for m jobs a project that correlate by ρ; 1 when jobs are independent.</param>
public sealed record SamplePlan(
    double BaseRate, double Margin, double Power = 0.9, double Alpha = 0.025, double KubernetesPerDocker = 1, double Difference = 0, double DesignEffect = 1)
{
    /// <summary>Fewer failures on both sides together, and normal theory is rough: then twice the sample is asked.</summary>
    public const int LeastFailures = 10;

    /// <summary>Variance of one Kubernetes job and of one docker job.</summary>
    private double KubernetesSpread => (BaseRate + Difference) * (1 - BaseRate - Difference) * DesignEffect;

    private double DockerSpread => BaseRate * (1 - BaseRate) * DesignEffect;

    /// <summary>What is wrong with it, by property; empty when it can be computed.</summary>
    public IEnumerable<(string Property, string Sentence)> Problems()
    {
        var (rateIsOne, marginIsOne) = (BaseRate is > 0 and < 1, Margin is > 0 and < 1);
        if (!rateIsOne) yield return (nameof(BaseRate), "Must lie strictly between 0 and 1, such as 0.0029.");
        if (!marginIsOne) yield return (nameof(Margin), "Must lie strictly between 0 and 1, such as 0.0025 for 0.25 points.");
        if (!(Power is >= 0.5 and < 1)) yield return (nameof(Power), "Must be 0.5 or more and below 1, such as 0.9.");
        if (!(Alpha is > 0 and < 0.5)) yield return (nameof(Alpha), "Must lie strictly between 0 and 0.5, such as 0.025 (one-sided).");
        if (!(KubernetesPerDocker is >= 1e-4 and <= 1e4)) yield return (nameof(KubernetesPerDocker), "Must lie between 0.0001 and 10000: Kubernetes jobs for one docker job.");
        if (!(Difference is > -1 and < 1)) yield return (nameof(Difference), "Must lie strictly between -1 and 1; 0 says that both fail alike.");
        else if (marginIsOne && Difference >= Margin) yield return (nameof(Difference), "Must lie below the margin: what is as bad as the margin cannot be shown to be better.");
        else if (rateIsOne && !(BaseRate + Difference is >= 0 and < 1)) yield return (nameof(Difference), "Leaves Kubernetes a rate outside of 0 to 1.");
        if (!(DesignEffect is >= 1 and <= 1e4)) yield return (nameof(DesignEffect), "Must lie between 1 and 10000; 1 says that jobs are independent.");
    }

    /// <summary>Jobs needed at the planned allocation, before rounding; docker's jobs come first.</summary>
    internal (double Docker, double Kubernetes) Jobs()
    {
        var docker = (KubernetesSpread / KubernetesPerDocker + DockerSpread) / Variance();
        return (docker, docker * KubernetesPerDocker);
    }

    /// <summary>
    /// Share of the planned information that so many jobs hold, whatever their allocation: 1 is what the plan asks, 0 when a
    /// side has none. Also the information fraction of a planned look.
    /// </summary>
    public double Reached(double kubernetes, double docker) =>
        kubernetes > 0 && docker > 0 ? Variance() / (KubernetesSpread / kubernetes + DockerSpread / docker) : 0;

    /// <summary>The planned sample, and at least <see cref="LeastFailures"/> failures on both sides together or twice the sample.</summary>
    public bool IsEnough(Rate kubernetes, Rate docker) => IsEnough(kubernetes.Finished, docker.Finished, kubernetes.Failed + docker.Failed);

    internal bool IsEnough(double kubernetes, double docker, double failures) => Reached(kubernetes, docker) >= (failures >= LeastFailures ? 1 : 2);

    internal double ExpectedFailures(double kubernetes, double docker) => (BaseRate + Difference) * kubernetes + BaseRate * docker;

    // The variance that the difference may have: its distance to the margin is then z(1 − α) + z(power) standard errors.
    private double Variance()
    {
        if (Problems().Any()) throw new ArgumentOutOfRangeException(nameof(BaseRate), string.Join(" ", Problems().Select(one => $"{one.Property}: {one.Sentence}")));
        var quantiles = Normal.InvCDF(0, 1, Power) - Normal.InvCDF(0, 1, Alpha);
        return Math.Pow((Margin - Difference) / quantiles, 2);
    }
}
