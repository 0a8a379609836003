namespace MigrationPortal.Domain.Insights;

/// <summary>Twin runs: the same job of the same commit on both executors, once each.</summary>
/// <param name="Pairs">All, also those that ended alike.</param>
/// <param name="OnlyKubernetes">Pairs that failed on Kubernetes only.</param>
/// <param name="OnlyDocker">Pairs that failed on docker only.</param>
public readonly record struct Twins(long Pairs, long OnlyKubernetes, long OnlyDocker)
{
    /// <summary>Difference Kubernetes − docker as a fraction; null without pairs.</summary>
    public double? Difference => Pairs == 0 ? null : (double)(OnlyKubernetes - OnlyDocker) / Pairs;

    internal void Check()
    {
        if (OnlyKubernetes < 0 || OnlyDocker < 0 || Pairs - OnlyKubernetes < OnlyDocker)
            throw new ArgumentOutOfRangeException(nameof(Pairs), $"{OnlyKubernetes} and {OnlyDocker} of {Pairs} are not pairs.");
    }
}
