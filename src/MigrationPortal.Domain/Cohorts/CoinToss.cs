using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts;

/// <summary>When a project moves that said yes. Stored by name: never rename one.</summary>
public enum CoinSide
{
    Now,

    /// <summary>After the bake time: until then it is what the moved ones are compared with.</summary>
    Waitlist,
}

/// <summary>
/// The coin after consent: of the projects that accept, half move now and half after the bake time, so that both halves are
/// people who said yes. One coin a project, fair and independent, keyed by the cohort's seed: the lowest half of the
/// <see cref="KeyedHash.Coin"/> numbers moves now. No blocks: within a block the last ones can be foretold, and whoever knows
/// the side before asking can choose whom to ask (Schulz and Grimes, Lancet 2002; 359:515). The price, uneven halves by chance,
/// is shown by <see cref="Check"/>.
/// </summary>
public static class CoinToss
{
    /// <summary>The same at every asking: who says no and then yes gains nothing.</summary>
    public static CoinSide Of(string seed, ProjectId project) => KeyedHash.Of(seed, KeyedHash.Coin, project) < 1UL << 63 ? CoinSide.Now : CoinSide.Waitlist;

    /// <summary>Whether the halves have the sizes that fair coins give: all together, then each stratum (statistics.md A.9).</summary>
    public static IReadOnlyList<CoinCheck> Check(IEnumerable<(ActivityStratum Stratum, CoinSide Side)> tossed)
    {
        var all = tossed.ToList();
        return [CoinCheck.Of(null, all.Select(one => one.Side)), .. all.GroupBy(one => one.Stratum).OrderBy(one => one.Key).Select(one => CoinCheck.Of(one.Key, one.Select(toss => toss.Side)))];
    }
}

/// <param name="Stratum">Null: all together.</param>
/// <param name="Chance">Of such sizes or worse with fair coins; null with nobody.</param>
/// <param name="IsMismatch">Less likely than one in a thousand: something chooses besides the coin.</param>
public sealed record CoinCheck(ActivityStratum? Stratum, int Now, int Waitlist, double? Chance, bool IsMismatch)
{
    internal static CoinCheck Of(ActivityStratum? stratum, IEnumerable<CoinSide> sides)
    {
        var (now, waitlist) = (0, 0);
        foreach (var side in sides) _ = side == CoinSide.Now ? now++ : waitlist++;
        IReadOnlyList<(long, double)> halves = [(now, 1), (waitlist, 1)];
        return new CoinCheck(stratum, now, waitlist, SampleRatio.Chance(halves), SampleRatio.IsMismatch(halves));
    }
}
