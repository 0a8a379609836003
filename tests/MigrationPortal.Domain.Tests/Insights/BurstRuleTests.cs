using CsCheck;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

/// <summary>Docker usually fails in 500 of 200,000 jobs. Chances by an independent sum of the binomial's terms.</summary>
public class BurstRuleTests
{
    private static readonly Rate Usual = new(500, 200_000);

    [Theory]
    [InlineData(20, 500, 3, 5, 2_000, BurstOutcome.RollBack, 3.9298310768695e-11)]
    [InlineData(20, 500, 2, 5, 2_000, BurstOutcome.None, 3.9298310768695e-11)]
    [InlineData(5, 5, 3, 0, 2_000, BurstOutcome.RollBack, 3.125e-12)]
    [InlineData(4, 4, 4, 0, 2_000, BurstOutcome.None, 6.25e-10)]
    // A registry outage hits both: the same hour raises what Kubernetes is granted.
    [InlineData(40, 500, 9, 40, 2_000, BurstOutcome.RollBack, 2.2387478704089e-09)]
    [InlineData(40, 500, 9, 160, 2_000, BurstOutcome.None, null)]
    [InlineData(30, 400, 9, 1, 100, BurstOutcome.None, 0.0498852114059517)]
    public void Of_RollsBack_OnlyWhatIsImprobableForDockerToo(long failed, long finished, int projects, long dockerFailed, long docker, BurstOutcome outcome, double? chance)
    {
        var burst = BurstRule.Of(new Rate(failed, finished), projects, new Rate(dockerFailed, docker), Usual);

        burst.Outcome.ShouldBe(outcome);
        if (chance is { } known) burst.Chance.ShouldBe(known, known * 1e-9);
    }

    [Theory]
    [InlineData(20, 0, BurstOutcome.None)]
    [InlineData(19, 0, BurstOutcome.Hold)]
    [InlineData(19, 19, BurstOutcome.Hold)]
    [InlineData(0, 0, BurstOutcome.Hold)]
    public void Of_TooFewDockerJobsInTheHour_Holds(long docker, long dockerFailed, BurstOutcome outcome) =>
        BurstRule.Of(new Rate(30, 400), 5, new Rate(dockerFailed, docker), Usual).Outcome.ShouldBe(outcome);

    [Fact]
    public void Of_Reference_IsTheHighestOfThree()
    {
        BurstRule.Of(default, 0, new Rate(0, 100_000), Usual).Reference.ShouldBe(0.005);
        BurstRule.Of(default, 0, new Rate(0, 100_000), new Rate(2_000, 200_000)).Reference.ShouldBe(WilsonInterval.Of(new Rate(2_000, 200_000))!.Value.High);
        BurstRule.Of(default, 0, new Rate(50, 1_000), Usual).Reference.ShouldBe(WilsonInterval.Of(new Rate(50, 1_000))!.Value.High);
        BurstRule.Of(default, 0, default, default).ShouldBe(new Burst(BurstOutcome.None, 1, 0.005));
    }

    [Fact]
    public void Of_MoreFailuresOnKubernetes_NeverCalm_AndMoreOnDockerNeverAlarm() =>
        Gen.Select(Gen.Long[20, 3_000], Gen.Long[0, 200], Gen.Long[20, 20_000], Gen.Long[0, 400], Gen.Long[1, 50]).Sample((finished, failed, docker, dockerFailed, more) =>
        {
            Rate kubernetes = new(Math.Min(failed, finished), finished), beside = new(Math.Min(dockerFailed, docker), docker);
            var now = (int)BurstRule.Of(kubernetes, 5, beside, Usual).Outcome;
            ((int)BurstRule.Of(kubernetes with { Failed = Math.Min(kubernetes.Failed + more, finished) }, 5, beside, Usual).Outcome).ShouldBeGreaterThanOrEqualTo(now);
            ((int)BurstRule.Of(kubernetes, 5, beside with { Failed = Math.Min(beside.Failed + more, docker) }, Usual).Outcome).ShouldBeLessThanOrEqualTo(now);
        });

    [Theory]
    [InlineData(1_000_000_000, 1_000_000_000, BurstOutcome.RollBack)]
    [InlineData(0, 1_000_000_000, BurstOutcome.None)]
    [InlineData(4_000_000, 1_000_000_000, BurstOutcome.None)]
    [InlineData(6_000_000, 1_000_000_000, BurstOutcome.RollBack)]
    public void Of_ExtremeCounts(long failed, long finished, BurstOutcome outcome) =>
        BurstRule.Of(new Rate(failed, finished), 1_000, new Rate(2_000_000, 1_000_000_000), new Rate(28_000_000, 14_000_000_000)).Outcome.ShouldBe(outcome);
}
