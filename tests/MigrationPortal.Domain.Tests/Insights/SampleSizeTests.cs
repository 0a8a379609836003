using CsCheck;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Insights;

/// <summary>The table of statistics.md A.6, recomputed in Python; one published example of the same formula.</summary>
public class SampleSizeTests
{
    [Theory]
    [InlineData(0.001, 0.001, 15_683, 20_994)]
    [InlineData(0.001, 0.0025, 2_510, 3_360)]
    [InlineData(0.001, 0.005, 628, 840)]
    [InlineData(0.001, 0.01, 157, 210)]
    [InlineData(0.002, 0.001, 31_333, 41_946)]
    [InlineData(0.002, 0.0025, 5_014, 6_712)]
    [InlineData(0.002, 0.005, 1_254, 1_678)]
    [InlineData(0.002, 0.01, 314, 420)]
    [InlineData(0.0029, 0.001, 45_392, 60_767)]
    [InlineData(0.0029, 0.0025, 7_263, 9_723)]
    [InlineData(0.0029, 0.005, 1_816, 2_431)]
    [InlineData(0.0029, 0.01, 454, 608)]
    [InlineData(0.005, 0.001, 78_097, 104_549)]
    [InlineData(0.005, 0.0025, 12_496, 16_728)]
    [InlineData(0.005, 0.005, 3_124, 4_182)]
    [InlineData(0.005, 0.01, 781, 1_046)]
    [InlineData(0.01, 0.001, 155_408, 208_047)]
    [InlineData(0.01, 0.0025, 24_866, 33_288)]
    [InlineData(0.01, 0.005, 6_217, 8_322)]
    [InlineData(0.01, 0.01, 1_555, 2_081)]
    [InlineData(0.02, 0.001, 307_677, 411_891)]
    [InlineData(0.02, 0.0025, 49_229, 65_903)]
    [InlineData(0.02, 0.005, 12_308, 16_476)]
    [InlineData(0.02, 0.01, 3_077, 4_119)]
    public void Of_EqualArms_IsTheTable(double rate, double margin, long at80, long at90)
    {
        SampleSize.Of(new SamplePlan(rate, margin, Power: 0.8))!.ShouldSatisfyAllConditions(size => size.Kubernetes.ShouldBe(at80), size => size.Docker.ShouldBe(at80));
        SampleSize.Of(new SamplePlan(rate, margin))!.Kubernetes.ShouldBe(at90);
    }

    [Theory]
    [InlineData(0.001, 1_867)]
    [InlineData(0.002, 3_729)]
    [InlineData(0.0029, 5_402)]
    [InlineData(0.005, 9_294)]
    [InlineData(0.01, 18_494)]
    [InlineData(0.02, 36_613)]
    public void Of_ATenthOnKubernetes_IsTheTablesLastColumn(double rate, long kubernetes)
    {
        var size = SampleSize.Of(new SamplePlan(rate, 0.0025, KubernetesPerDocker: 1.0 / 9))!;

        size.Kubernetes.ShouldBe(kubernetes);
        size.Docker.ShouldBeInRange(9 * (kubernetes - 1), 9 * kubernetes);
    }

    /// <summary>powerandsamplesize.com, Compare 2 Proportions, 2-Sample Non-Inferiority or Superiority: 0.85 against 0.65, margin −0.10, 25 a group. Failures are the complement.</summary>
    [Fact]
    public void Of_PublishedExample() =>
        SampleSize.Of(new SamplePlan(0.35, 0.10, Power: 0.8, Alpha: 0.05, Difference: 0.15 - 0.35))!.Docker.ShouldBe(25);

    /// <summary>statistics.md A.6: about 9,160 at z sums rounded to 10.51.</summary>
    [Fact]
    public void Of_AllCauseGuardrail() => SampleSize.Of(new SamplePlan(0.225, 0.02))!.Docker.ShouldBe(9_162);

    [Fact]
    public void Of_MoreThanAnyGitLabRuns_IsNull() => SampleSize.Of(new SamplePlan(0.5, 1e-9)).ShouldBeNull();

    [Fact]
    public void Required_FewExpectedFailures_IsTwiceTheTable()
    {
        var few = SampleSize.Of(new SamplePlan(0.001, 0.0025))!;
        few.ExpectedFailures.ShouldBe(6.718, 0.001);
        few.Required.Kubernetes.ShouldBe(6_720);

        var many = SampleSize.Of(new SamplePlan(0.0029, 0.0025))!;
        many.ExpectedFailures.ShouldBe(56.39, 0.01);
        many.Required.ShouldBe(many);
    }

    [Theory]
    [InlineData(9_723, 10, 9_723, 20, true)]
    [InlineData(9_723, 4, 9_723, 5, false)]
    [InlineData(9_722, 40, 9_724, 40, true)]
    [InlineData(9_722, 40, 9_722, 40, false)]
    [InlineData(19_446, 0, 19_446, 0, true)]
    [InlineData(5_402, 9, 48_614, 90, true)]
    [InlineData(0, 0, 1_000_000_000, 3_000_000, false)]
    public void IsEnough_NeedsTheSample_AndTenFailuresOrTwiceOfIt(long kubernetes, long failed, long docker, long dockerFailed, bool enough) =>
        new SamplePlan(0.0029, 0.0025).IsEnough(new Rate(failed, kubernetes), new Rate(dockerFailed, docker)).ShouldBe(enough);

    [Fact]
    public void DaysAt_WaitsForTheSlowerSide()
    {
        var size = SampleSize.Of(new SamplePlan(0.0029, 0.0025, KubernetesPerDocker: 1.0 / 9))!;

        size.DaysAt(1_200, 118_800)!.Value.ShouldBe(4.5, 0.01);
        size.DaysAt(1_200, 4_000)!.Value.ShouldBe(48_614 / 4_000.0, 1e-9);
        size.DaysAt(100, double.PositiveInfinity)!.Value.ShouldBe(54.02, 1e-9);
        size.DaysAt(0, 9).ShouldBeNull();
    }

    private static readonly Gen<SamplePlan> Plans =
        from rate in Gen.Double[0.0005, 0.4]
        from margin in Gen.Double[0.0005, 0.1]
        from power in Gen.Double[0.5, 0.99]
        from alpha in Gen.Double[0.001, 0.2]
        from ratio in Gen.Double[0.01, 100]
        select new SamplePlan(rate, margin, power, alpha, ratio);

    [Fact]
    public void Of_AskingMore_NeedsMore() => Plans.Sample(plan =>
    {
        var docker = SampleSize.Of(plan)!.Docker;
        foreach (var harder in (SamplePlan[])[plan with { Margin = plan.Margin * 0.9 }, plan with { Power = plan.Power + 0.005 }, plan with { Alpha = plan.Alpha * 0.9 }, plan with { Difference = plan.Margin * 0.1 }, plan with { DesignEffect = 1.1 }, plan with { KubernetesPerDocker = plan.KubernetesPerDocker * 0.9 }])
            SampleSize.Of(harder)!.Docker.ShouldBeGreaterThanOrEqualTo(docker, harder.ToString());
    });

    [Fact]
    public void Reached_OneAtTheSample_LessBeforeIt_AndInProportionToTheJobs() => Gen.Select(Plans, Gen.Double[0.01, 1e4]).Sample((plan, times) =>
    {
        var size = SampleSize.Of(plan)!;
        var reached = plan.Reached(size.Kubernetes, size.Docker);
        reached.ShouldBeGreaterThanOrEqualTo(1);
        plan.Reached(size.Kubernetes - 1, size.Docker - 1).ShouldBeLessThan(1);
        plan.Reached(size.Kubernetes * times, size.Docker * times).ShouldBe(reached * times, reached * times * 1e-9);
    });

    [Fact]
    public void Problems_NameEveryProperty()
    {
        var nonsense = new SamplePlan(1, 0, 1, 0.5, 0, 1, 0.9);

        nonsense.Problems().Select(one => one.Property).ShouldBe(["BaseRate", "Margin", "Power", "Alpha", "KubernetesPerDocker", "Difference", "DesignEffect"]);
        Should.Throw<ArgumentOutOfRangeException>(() => SampleSize.Of(nonsense)).Message.ShouldContain("Margin: Must lie");
        new SamplePlan(0.01, double.NaN).Problems().ShouldHaveSingleItem().Property.ShouldBe("Margin");
        new SamplePlan(double.NaN, 0.01).Problems().ShouldHaveSingleItem().Property.ShouldBe("BaseRate");
        new SamplePlan(0.01, 0.1, Difference: 0.1).Problems().ShouldHaveSingleItem().Property.ShouldBe("Difference");
        new SamplePlan(0.01, 0.1, Difference: -0.02).Problems().ShouldHaveSingleItem().Property.ShouldBe("Difference");
    }
}
