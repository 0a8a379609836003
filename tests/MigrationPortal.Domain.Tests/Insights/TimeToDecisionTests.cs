using CsCheck;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

public class TimeToDecisionTests
{
    private static readonly SamplePlan Plan = new(0.0029, 0.0025);

    [Theory]
    [InlineData(0, 0, 0, 0, 1_000, 1_000, 9_723, 9_723, 9.7226)]
    [InlineData(0, 0, 0, 0, 1_000, 9_000, 5_402, 48_614, 5.4015)]
    [InlineData(3_000, 9, 27_000, 80, 1_000, 9_000, 2_402, 21_614, 2.4015)]
    [InlineData(9_723, 28, 9_723, 28, 1_000, 1_000, 0, 0, 0)]
    // Five failures so far, 5.8 expected a day: the tenth comes before the doubled sample does.
    [InlineData(9_723, 3, 9_723, 2, 1_000, 1_000, 863, 863, 0.8621)]
    public void ForSample_SaysJobsAndDays(long kubernetes, long failed, long docker, long dockerFailed, double perDay, double dockerPerDay, long more, long moreDocker, double days)
    {
        var time = TimeToDecision.ForSample(Plan, new Rate(failed, kubernetes), new Rate(dockerFailed, docker), perDay, dockerPerDay);

        (time.Kubernetes, time.Docker, time.BelowMargin).ShouldBe((more, moreDocker, true));
        time.Days!.Value.ShouldBe(days, 0.0001);
    }

    /// <summary>Enough docker jobs stand there, so Kubernetes alone decides, or nobody.</summary>
    [Theory]
    [InlineData(1_000, 100_000, 0, 9_000, 8_723, 0)]
    [InlineData(1_000, 2_000, 1_000, 0, 8_723, 7_723)]
    [InlineData(0, 0, 0, 0, 9_723, 9_723)]
    public void ForSample_NoJobsCome_IsNever_AndSaysWhatIsLacking(long kubernetes, long docker, double perDay, double dockerPerDay, long more, long moreDocker)
    {
        var time = TimeToDecision.ForSample(Plan, new Rate(kubernetes / 100, kubernetes), new Rate(docker / 200, docker), perDay, dockerPerDay);

        (time.Days, time.Kubernetes, time.Docker).ShouldBe((null, kubernetes > 0 ? more : 2 * more, kubernetes > 0 ? moreDocker : 2 * moreDocker));
    }

    [Fact]
    public void ForSample_DockerStoppedButHasEnough_IsReachedByKubernetesAlone()
    {
        var time = TimeToDecision.ForSample(Plan, new Rate(2, 1_000), new Rate(200, 100_000), 500, 0);

        time.Days!.Value.ShouldBe(8.2, 0.2);
        time.Docker.ShouldBe(0);
        Plan.IsEnough(new Rate(20, 1_000 + time.Kubernetes!.Value), new Rate(200, 100_000)).ShouldBeTrue();
        Plan.IsEnough(new Rate(20, 999 + time.Kubernetes!.Value), new Rate(200, 100_000)).ShouldBeFalse();
    }

    [Theory]
    [InlineData(60, 10_000, 29, 10_000, false)]
    [InlineData(54, 10_000, 29, 10_000, false)]
    [InlineData(53, 10_000, 29, 10_000, true)]
    [InlineData(0, 0, 29, 10_000, true)]
    public void ForSample_ObservedDifferenceAtTheMargin_SaysThatWaitingWillNotPass(long failed, long kubernetes, long dockerFailed, long docker, bool below) =>
        TimeToDecision.ForSample(Plan, new Rate(failed, kubernetes), new Rate(dockerFailed, docker), 10, 10).BelowMargin.ShouldBe(below);

    /// <summary>A limit twice as far from the estimate as the margin needs four times the jobs.</summary>
    [Fact]
    public void ForLimit_ShrinksWithTheRootOfTheJobs()
    {
        TimeToDecision.ForLimit(0.001, 0.003, 0.002, 1_000, 9_000, 100, 900).ShouldBe(new TimeToDecision(3_000, 27_000, 30, true), Within);
        TimeToDecision.ForLimit(0.001, 0.003, 0.002, 1_000, 9_000, 0, 900).ShouldBe(new TimeToDecision(3_000, 27_000, null, true));
        TimeToDecision.ForLimit(0.001, 0.0019, 0.002, 1_000, 9_000, 0, 0).ShouldBe(new TimeToDecision(0, 0, 0, true));
        TimeToDecision.ForLimit(0.002, 0.0031, 0.002, 1_000, 9_000, 100, 900).ShouldBe(new TimeToDecision(null, null, null, false));
        TimeToDecision.ForLimit(0.001, 0.002, 0.002, 1_000, 9_000, 100, 900).Days.ShouldBe(0);
    }

    [Fact]
    public void ForSample_AfterThoseDays_ThePlannedSampleIsThere() =>
        Gen.Select(Gen.Long[0, 30_000], Gen.Long[0, 300_000], Gen.Double[1, 5_000], Gen.Double[1, 50_000]).Sample((kubernetes, docker, perDay, dockerPerDay) =>
        {
            var time = TimeToDecision.ForSample(Plan, new Rate(kubernetes / 300, kubernetes), new Rate(docker / 300, docker), perDay, dockerPerDay);
            Plan.Reached(kubernetes + time.Kubernetes!.Value, docker + time.Docker!.Value).ShouldBeGreaterThanOrEqualTo(1 - 1e-9);
            var faster = TimeToDecision.ForSample(Plan, new Rate(kubernetes / 300, kubernetes), new Rate(docker / 300, docker), perDay * 2, dockerPerDay * 2);
            faster.Days!.Value.ShouldBe(time.Days!.Value / 2, 1e-6 + time.Days.Value * 1e-9);
        });

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(1, double.NaN)]
    [InlineData(1, double.PositiveInfinity)]
    public void For_NoRate_Throws(double perDay, double dockerPerDay)
    {
        Should.Throw<ArgumentOutOfRangeException>(() => TimeToDecision.ForSample(Plan, default, default, perDay, dockerPerDay));
        Should.Throw<ArgumentOutOfRangeException>(() => TimeToDecision.ForLimit(0, 1, 0.1, 1, 1, perDay, dockerPerDay));
    }

    private static readonly IEqualityComparer<TimeToDecision> Within = EqualityComparer<TimeToDecision>.Create(
        (one, other) => one!.Kubernetes == other!.Kubernetes && one.Docker == other.Docker && Math.Abs(one.Days!.Value - other.Days!.Value) < 1e-6);
}
