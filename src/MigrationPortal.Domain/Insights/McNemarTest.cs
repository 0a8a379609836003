namespace MigrationPortal.Domain.Insights;

/// <summary>
/// The exact test of twin runs (McNemar 1947): only pairs that ended differently tell anything, and without a difference
/// each is a fair coin.
/// </summary>
public static class McNemarTest
{
    /// <summary>Chance of so many pairs or more that failed on Kubernetes only. 1 without pairs that differ.</summary>
    public static double Worse(Twins twins) => Tail(twins, twins.OnlyKubernetes);

    /// <summary>Two-sided: twice the smaller tail, at most 1.</summary>
    public static double TwoSided(Twins twins) => Math.Min(1, 2 * Tail(twins, Math.Max(twins.OnlyKubernetes, twins.OnlyDocker)));

    private static double Tail(Twins twins, long most)
    {
        twins.Check();
        return BinomialTail.AtLeast(most, twins.OnlyKubernetes + twins.OnlyDocker, 0.5);
    }
}
