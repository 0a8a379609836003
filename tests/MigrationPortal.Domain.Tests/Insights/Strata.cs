using CsCheck;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

/// <summary>Tables for tests of comparisons, each row as published: failed and finished of the first arm, then of the second.</summary>
internal static class Strata
{
    /// <summary>Cisapride trials of Hartung and Knapp 2001; Laud 2017 (Pharm Stat 16:334), appendix B.</summary>
    public static readonly Stratum[] Cisapride =
    [
        Of(15, 16, 9, 16), Of(12, 16, 1, 16), Of(29, 34, 18, 34), Of(42, 56, 31, 56), Of(14, 22, 6, 22), Of(44, 54, 17, 55), Of(14, 17, 7, 15),
        Of(29, 58, 23, 58), Of(10, 14, 3, 15), Of(17, 26, 6, 27), Of(38, 44, 12, 45), Of(19, 29, 22, 30), Of(21, 38, 19, 38),
    ];

    /// <summary>Adverse events in 17 trials, many without any (Klingenberg 2014, Stat Med 33:2968).</summary>
    public static readonly Stratum[] AdverseEvents =
    [
        Of(0, 432, 0, 142), Of(1, 375, 0, 125), Of(0, 80, 0, 40), Of(0, 248, 1, 84), Of(0, 50, 0, 24), Of(2, 251, 0, 85), Of(5, 605, 1, 209), Of(1, 466, 2, 231), Of(4, 525, 0, 175),
        Of(1, 80, 0, 40), Of(1, 375, 0, 124), Of(0, 189, 0, 59), Of(0, 55, 0, 27), Of(0, 110, 0, 56), Of(0, 85, 0, 85), Of(0, 170, 0, 85), Of(4, 1030, 1, 350),
    ];

    /// <summary>Migraine trial of SAS, "The FREQ Procedure", example Cochran-Mantel-Haenszel Statistics.</summary>
    public static readonly Stratum[] Migraine = [Of(16, 27, 5, 25), Of(12, 28, 7, 26)];

    /// <summary>Tolbutamide trial: Rothman, Greenland and Lash 2008, Modern Epidemiology, table 15-1.</summary>
    public static readonly Stratum[] Tolbutamide = [Of(8, 106, 5, 120), Of(22, 98, 16, 85)];

    /// <summary>As Mehrotra and Railkar 2000 (Stat Med 19:811) use them.</summary>
    public static readonly Stratum[] MehrotraRailkar = [Of(21, 464, 26, 453), Of(11, 165, 25, 174), Of(8, 69, 11, 70)];

    public static readonly Gen<Stratum> Any =
        from kubernetes in Rates(1)
        from docker in Rates(1)
        select new Stratum(kubernetes, docker);

    public static readonly Gen<Stratum[]> Some = Any.Array[1, 6];

    public static Stratum Of(long failed, long finished, long dockerFailed, long dockerFinished) => new(new Rate(failed, finished), new Rate(dockerFailed, dockerFinished));

    public static Stratum Swapped(Stratum stratum) => new(stratum.Docker, stratum.Kubernetes);

    /// <summary>Small and large arms; rates at and near both ends as often as in between.</summary>
    public static Gen<Rate> Rates(long fewest) =>
        from finished in Gen.OneOf(Gen.Long[fewest, 20], Gen.Long[fewest, 3_000], Gen.Long[fewest, 1_000_000_000])
        from failed in Gen.OneOf(Gen.Const(0L), Gen.Const(finished), Gen.Long[0, Math.Min(finished, 9)], Gen.Long[0, finished])
        select new Rate(failed, finished);
}
