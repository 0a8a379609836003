using MigrationPortal.Domain.Cohorts;
using static MigrationPortal.Domain.Tests.Cohorts.CohortWorld;

namespace MigrationPortal.Domain.Tests.Cohorts;

public class CoinTossTests
{
    /// <summary>Computed apart from this code, for the members of the selection's test.</summary>
    [Fact]
    public void Coin_IsWhatOthersCompute()
    {
        long[] members = [103, 277, 290, 334, 196, 317, 295, 140, 381, 274, 339, 191, 320, 155, 276, 117, 175, 248, 142];
        string.Concat(members.Select(one => CoinToss.Of(Seed, Id(one)) == CoinSide.Now ? 'n' : 'w')).ShouldBe("wnwnnnwwwwnwnwnwnww");
    }

    [Fact]
    public void Coin_IsFair_AndTheOrderOfTheDrawSaysNothingAboutIt()
    {
        var projects = Enumerable.Range(1, 20_000).Select(number => Id(number)).OrderBy(id => KeyedHash.Of(Seed, KeyedHash.Draw, id)).ToList();
        foreach (var part in projects.Chunk(2_000))
            CoinToss.Check(part.Select(id => (ActivityStratum.Busy, CoinToss.Of(Seed, id))))[0].IsMismatch.ShouldBeFalse();
        var now = projects.Count(id => CoinToss.Of(Seed, id) == CoinSide.Now);
        // Four standard deviations.
        now.ShouldBeInRange(10_000 - 283, 10_000 + 283);
    }

    [Fact]
    public void Coin_OfAnotherSeed_IsAnotherCoin() =>
        Enumerable.Range(1, 1_000).Count(number => CoinToss.Of(Seed, Id(number)) == CoinToss.Of(Seed + "x", Id(number))).ShouldBeInRange(430, 570);

    [Fact]
    public void Check_NamesTheStratumWhereSomethingElseChooses()
    {
        var tossed = Enumerable.Repeat((ActivityStratum.Quiet, CoinSide.Now), 50).Concat(Enumerable.Repeat((ActivityStratum.Quiet, CoinSide.Waitlist), 52))
            .Concat(Enumerable.Repeat((ActivityStratum.Heavy, CoinSide.Now), 15));
        var checks = CoinToss.Check(tossed);
        checks.Select(one => (one.Stratum, one.Now, one.Waitlist, one.IsMismatch)).ShouldBe(
            [(null, 65, 52, false), (ActivityStratum.Quiet, 50, 52, false), (ActivityStratum.Heavy, 15, 0, true)]);
        CoinToss.Check([]).ShouldHaveSingleItem().Chance.ShouldBeNull();
    }
}
