using MigrationPortal.Domain.Cohorts;
using static MigrationPortal.Domain.Tests.Cohorts.CohortWorld;

namespace MigrationPortal.Domain.Tests.Cohorts;

public class CohortSelectionTests
{
    // Computed apart from this code, by the recipe in words alone (Python: hmac, hashlib, fractions; each next one by search).
    private static readonly long[] Computed = [103, 277, 290, 334, 196, 317, 295, 140, 381, 274, 339, 191, 320, 155, 276, 117, 175, 248, 142];

    [Theory]
    // printf 'cohort:production:7' | openssl dgst -sha256 -hmac 0123456789abcdef0123456789abcdef
    [InlineData(KeyedHash.Draw, "production", 7, 17048941597109838960)]
    [InlineData(KeyedHash.Coin, "production", 7, 8789126968714595486)]
    [InlineData(KeyedHash.Draw, "qa", 7, 7718896520147885065)]
    [InlineData(KeyedHash.Draw, "production", 12345678901, 7935254455726497428)]
    public void KeyedHash_IsWhatOthersCompute(string domain, string instance, long project, ulong expected) =>
        KeyedHash.Of(Seed, domain, new(new(instance), project)).ShouldBe(expected);

    [Fact]
    public void Cohort_GrownFromOneToFivePercent_AndShrunkAgain_IsWhatWasComputedElsewhere()
    {
        List<Candidate> company = [.. Company()];
        var (one, five) = (CohortSelection.SizeOf(1, company.Count), CohortSelection.SizeOf(5, company.Count));
        (company.Count, one, five).ShouldBe((377, 4, 19));

        var first = CohortSelection.Of(Seed, company, [], one, Caps(2));
        first.Members.Numbers().ShouldBe(Computed[..one]);
        var grown = CohortSelection.Of(Seed, company, [.. first.Members], five, Caps(2));
        grown.Kept.Numbers().ShouldBe(Computed[..one]);
        grown.Added.Numbers().ShouldBe(Computed[one..]);
        CohortSelection.Of(Seed, company, [], five, Caps(2)).Members.Numbers().ShouldBe(Computed, "grown in one step or in two is the same");
        var shrunk = CohortSelection.Of(Seed, company, [.. grown.Members], one, Caps(2));
        shrunk.Members.Numbers().ShouldBe(Computed[..one]);
        shrunk.Removed.Numbers().ShouldBe(Computed[one..].Reverse());

        var all = CohortSelection.Of(Seed, company, [.. shrunk.Members], 200, Caps(2));
        all.Members.Numbers()[..19].ShouldBe(Computed);
        all.Members.Numbers()[^6..].ShouldBe([75, 217, 268, 365, 296, 61]);
        (all.Members.Count(), all.Capped).ShouldBe((46, 377 - 46));
    }

    [Theory]
    [InlineData(0, 400, 0)]
    [InlineData(0.1, 400, 1)]
    [InlineData(1, 400, 4)]
    [InlineData(1, 401, 5)]
    [InlineData(100, 401, 401)]
    [InlineData(1, 0, 0)]
    public void SizeOf_RoundsUp(double percent, int eligible, int size) => CohortSelection.SizeOf((decimal)percent, eligible).ShouldBe(size);

    [Fact]
    public void Strata_AreTakenInProportion()
    {
        List<Candidate> candidates = [.. Enumerable.Range(1, 600).Select(at => Candidate(at, at <= 400 ? 3 : at <= 560 ? 20 : 150))];
        var taken = CohortSelection.Of(Seed, candidates, [], 60, GroupCaps.None).Members.GroupBy(member => member.Stratum).ToDictionary(one => one.Key, one => one.Count());
        (taken[ActivityStratum.Quiet], taken[ActivityStratum.Busy], taken[ActivityStratum.Heavy]).ShouldBe((40, 16, 4));
    }

    [Theory]
    [InlineData(0, ActivityStratum.Rare)]
    [InlineData(0.99, ActivityStratum.Rare)]
    [InlineData(1, ActivityStratum.Quiet)]
    [InlineData(10, ActivityStratum.Busy)]
    [InlineData(99.9, ActivityStratum.Busy)]
    [InlineData(100, ActivityStratum.Heavy)]
    public void Stratum_OfJobsADay(double jobs, ActivityStratum stratum) => ActivityStrata.Of(jobs).ShouldBe(stratum);

    [Theory]
    [InlineData("0123456789abcdef", true)]
    [InlineData("0123456789abcde", false)]
    [InlineData("0123456789abcdef ", false)]
    [InlineData("0123456789abcdeé", false)]
    [InlineData(null, false)]
    public void Seed_IsPlainText(string? text, bool isSeed)
    {
        KeyedHash.IsSeed(text).ShouldBe(isSeed);
        KeyedHash.IsSeed(KeyedHash.NewSeed()).ShouldBeTrue();
    }
}
