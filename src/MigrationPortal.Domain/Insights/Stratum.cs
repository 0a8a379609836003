using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Insights;

/// <summary>Finished jobs of one stratum on both executors, within which they are compared: one project, or a class of like projects.</summary>
public readonly record struct Stratum(Rate Kubernetes, Rate Docker)
{
    /// <summary>Mantel-Haenszel weight n₁n₀ / (n₁ + n₀), in jobs: 0 unless both executors finished jobs, so other strata say nothing.</summary>
    public double Weight => IsCompared ? (double)Kubernetes.Finished * Docker.Finished / ((double)Kubernetes.Finished + Docker.Finished) : 0;

    /// <summary>The weight times the difference Kubernetes − docker of the failure rates, in jobs; 0 where the weight is 0.</summary>
    public double WeighedDifference => IsCompared ? Crossed() / ((double)Kubernetes.Finished + Docker.Finished) : 0;

    /// <summary>Whether both executors finished jobs.</summary>
    public bool IsCompared => Kubernetes.Finished > 0 && Docker.Finished > 0;

    public static Stratum operator +(Stratum one, Stratum other) => new(Sum(one.Kubernetes, other.Kubernetes), Sum(one.Docker, other.Docker));

    public static Stratum operator -(Stratum one, Stratum other) => new(Rest(one.Kubernetes, other.Kubernetes), Rest(one.Docker, other.Docker));

    public static Stratum Add(Stratum left, Stratum right) => left + right;

    public static Stratum Subtract(Stratum left, Stratum right) => left - right;

    /// <exception cref="ArgumentOutOfRangeException">Negative counts, or more failed than finished.</exception>
    internal Stratum Checked()
    {
        if (!IsRate(Kubernetes) || !IsRate(Docker)) throw new ArgumentOutOfRangeException(nameof(Kubernetes), $"{this} are no rates: more failed than finished, or fewer than none.");
        return this;
        static bool IsRate(Rate rate) => rate.Failed >= 0 && rate.Failed <= rate.Finished;
    }

    // In whole numbers: the two products may agree in all digits that a double has.
    private double Crossed() => Kubernetes.Finished <= int.MaxValue && Docker.Finished <= int.MaxValue
        ? (Kubernetes.Failed * Docker.Finished) - (Docker.Failed * Kubernetes.Finished)
        : (double)(((Int128)Kubernetes.Failed * Docker.Finished) - ((Int128)Docker.Failed * Kubernetes.Finished));

    private static Rate Sum(Rate one, Rate other) => checked(new Rate(one.Failed + other.Failed, one.Finished + other.Finished));

    private static Rate Rest(Rate one, Rate other) => checked(new Rate(one.Failed - other.Failed, one.Finished - other.Finished));
}
