using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;

namespace MigrationPortal.Domain.Tests.Gates;

/// <summary>The step of Monday 2 November bakes 7 days with 14 days of evidence: looks on the 9th, 16th and 23rd.</summary>
public sealed class NoWorseGateTests
{
    [Fact]
    public void Looks_AreAtTheEndOfTheBake_ThenAfterLongerOnes()
    {
        var plan = LookPlan.Of(GateWorld.Step(), GateWorld.Policy)!;
        plan.EvidenceFrom.ShouldBe(new DateOnly(2026, 10, 26));
        plan.Looks.ShouldBe([new(2026, 11, 9), new(2026, 11, 16), new(2026, 11, 23)]);
    }

    [Theory]
    [InlineData("2026-11-02T10:00:00Z", "2026-10-20T00:00:00Z", "2026-11-10")] // the step's own day is not whole
    [InlineData("2026-11-02T00:00:00Z", "2026-11-02T00:00:00Z", "2026-11-16")] // the evidence takes longer than the bake
    public void FirstLook_NeedsWholeDaysOfBakeAndEvidence(string since, string evidence, string look) =>
        LookPlan.Of(GateWorld.Step() with { Since = At(since), EvidenceSince = At(evidence) }, GateWorld.Policy)!.Looks[0].ShouldBe(DateOnly.Parse(look, null));

    [Theory]
    [InlineData("2026-11-02T00:00:00Z", "2026-09-01T00:00:00Z", "2026-10-05")] // four weeks before the step and its bake
    [InlineData("2026-11-02T00:00:00Z", "2026-10-22T00:00:00Z", "2026-10-26")] // whole weeks, within the phase
    [InlineData("2026-11-02T00:00:00Z", "2026-11-02T00:00:00Z", "2026-11-02")]
    public void Evidence_IsWhatStoodBeforeTheStep_WithItsBake(string since, string evidence, string from) =>
        LookPlan.Of(GateWorld.Step() with { Since = At(since), EvidenceSince = At(evidence) }, GateWorld.Policy)!.EvidenceFrom.ShouldBe(DateOnly.Parse(from, null));

    [Theory]
    [InlineData(6, 3, GateVerdict.Wait, "Not decided before Mon 9 Nov")] // between steps nothing is decided, however good it looks
    [InlineData(7, 3, GateVerdict.Pass, "Decided at look 1 on Mon 9 Nov")]
    [InlineData(6, 9, GateVerdict.Wait, "not below the margin of 0.25")]
    [InlineData(7, 9, GateVerdict.Fail, "It is worse.")]
    public void Verdict_FallsOnlyAtLooks(int days, int kubernetes, GateVerdict verdict, string words)
    {
        var reading = GateWorld.Facts(days, kubernetes).Read<NoWorseGate>();
        reading.Verdict.ShouldBe(verdict, reading.Sentence);
        reading.Sentence.ShouldContain(words);
    }

    // As facts of before arms told their unread reasons have it. 560,000 jobs on Kubernetes in 14 days: a tenth of 0.25 points of them are 140.
    [Theory]
    [InlineData(140, GateVerdict.Pass)]
    [InlineData(141, GateVerdict.Unknown)]
    public void ReasonsNotRead_ThatCouldHideATenthOfTheMargin_AreNotTakenForHealth(long missing, GateVerdict verdict)
    {
        var facts = GateWorld.Facts(7);
        var seen = facts with { Collection = facts.Collection with { KubernetesReasonMissing = missing } };
        seen.Read<NoWorseGate>().Verdict.ShouldBe(verdict);
        OfAllFailures.Read(seen, GateWorld.Policy).Verdict.ShouldBe(GateVerdict.Pass, "whatever the reason");
    }

    [Fact]
    public void Decision_StandsWhateverComesAfter()
    {
        var good = GateWorld.Facts(7);
        var later = GateWorld.Facts(11, kubernetes: 9);
        var mixed = later with { Arms = [.. good.Arms, .. later.Arms.Where(arm => arm.Day >= new DateOnly(2026, 11, 9))] };
        mixed.Read<NoWorseGate>().Sentence.ShouldBe(good.Read<NoWorseGate>().Sentence);
    }

    [Fact]
    public void NothingShownAtTheLastLook_Fails_AndSaysThatSomebodyHasToDecide()
    {
        // Some fourteen thousand jobs on each side, one failure of thousand more here: too close to the margin for the one look that the policy allows.
        var facts = GateWorld.Facts(7);
        var few = facts with { Arms = [.. facts.Arms.Where(arm => arm.Project <= 2).Select(arm => arm with { Kubernetes = new ArmCounts(500, 20, 2 + Every(arm.Day, 2)), Docker = new ArmCounts(500, 20, 2) })] };
        var reading = few.Read<NoWorseGate>(GateWorld.Policy with { Looks = 1 });
        reading.Verdict.ShouldBe(GateVerdict.Fail, reading.Sentence);
        reading.Sentence.ShouldStartWith("Not shown by look 1");
    }

    [Fact]
    public void TooFewJobs_SpendNoLook_AndSayHowManyMore()
    {
        // A hundred jobs a day on each side, a failure every third day here and every fourth there.
        var facts = GateWorld.Facts(21);
        var few = facts with
        {
            Arms = [.. facts.Arms.Where(arm => arm.Project == 1).Select(arm => arm with { Kubernetes = new ArmCounts(100, 20, Every(arm.Day, 3)), Docker = new ArmCounts(100, 20, Every(arm.Day, 4)) })],
        };
        var reading = few.Read<NoWorseGate>();
        reading.Verdict.ShouldBe(GateVerdict.Wait, reading.Sentence);
        reading.MoreJobs!.Value.ShouldBeInRange(3_000, 9_000);
        reading.Sentence.ShouldStartWith("Not decided before");
        few.Read<SampleGate>().Sentence.ShouldContain("more on Kubernetes are needed");
    }

    [Theory]
    [InlineData(500)] // jobs of a project a day on each side: plenty
    [InlineData(60)]
    [InlineData(15)]
    [InlineData(2)] // never enough in these weeks
    public void Looks_WaitForTheirShareOfTheInformation_ByWholeWeeks(int jobs)
    {
        // Kubernetes is worse by the margin, so most looks ask for the next one.
        for (var seed = 1; seed <= 5; seed++)
        {
            var random = new Random(seed);
            var facts = GateWorld.Facts(63);
            var close = facts with { Arms = [.. facts.Arms.Select(arm => arm with { Kubernetes = Drawn(0.0055), Docker = Drawn(0.003) })] };
            var plan = LookPlan.Of(close.Step, GateWorld.Policy)!;
            var looks = LookDecisions.Of(close, GateWorld.Policy, plan, all: false);
            foreach (var look in looks.Taken)
            {
                var sample = SampleFacts.Of(close, GateWorld.Policy, plan.EvidenceFrom, look.On, all: false)!;
                sample.IsEnough.ShouldBeTrue();
                look.Information.ShouldBe(sample.Reached);
                look.Information.ShouldBeGreaterThanOrEqualTo(new[] { 0.3, 1.5, 3 }[look.Number - 1]);
                // What has all information has all of the error: the last look.
                (look.Verdict == GateVerdict.Wait).ShouldBe(look.Information < 3 && !(look.Comparison.Lower > 0.0025) && !(look.Comparison.Upper < 0.0025));
                ((look.On.DayNumber - plan.Looks[0].DayNumber) % 7).ShouldBe(0);
                look.On.ShouldBeGreaterThanOrEqualTo(plan.Looks[look.Number - 1]);
            }

            if (jobs == 500) looks.Taken[0].On.ShouldBe(plan.Looks[0]);
            if (jobs == 2) looks.Taken.ShouldBeEmpty();
            looks.Ahead.Zip(looks.Ahead.Skip(1)).ShouldAllBe(pair => pair.Second.DayNumber - pair.First.DayNumber >= GateWorld.Policy.BakeDays);

            ArmCounts Drawn(double rate)
            {
                var failed = Enumerable.Range(0, jobs).Count(_ => random.NextDouble() < rate);
                return new ArmCounts(jobs, failed, failed);
            }
        }
    }

    [Fact]
    public void Looks_AskForLessCertaintyTheMoreTheyRestOn()
    {
        // A fifth, a half and all of the information: z is 4.88, 2.96 and 1.97, as in tables of O'Brien-Fleming spending.
        PlannedLook[] looks = [new(0.2, 0.6), new(0.5, 1.5), new(1, 3)];
        SpendingBounds.Of(looks).Select(bound => Math.Round(bound, 2)).ShouldBe([4.88, 2.96, 1.97]);
    }

    [Theory]
    [InlineData(1, 1, 0.025)] // hardly any jobs: no number of days that a calendar has
    [InlineData(1, 10, 0.025)]
    [InlineData(1_000, 1_000, 0.0001)] // so little error that an early look could not pass
    [InlineData(1_000, 1_000, 0.005)]
    public void NoPolicyAndNoQuietStart_MakesAGateThrow(int kubernetes, int docker, double alpha)
    {
        foreach (var stage in new[] { GateStage.Cohort, GateStage.Overlap })
        {
            foreach (var looks in new[] { 1, 2, 3, 5 })
            {
                for (var days = 1; days <= 400; days += days < 60 ? 13 : 97)
                {
                    var facts = GateWorld.Facts(days, kubernetes: 5) with { Step = GateWorld.Step(stage) };
                    var quiet = kubernetes == 1_000 ? facts : facts with { Arms = [new ArmDay(1, facts.Arms[0].Day, new ArmCounts(kubernetes, 0, 0), new ArmCounts(docker, 0, 0))] };
                    var evaluation = GateEvaluation.Of(new Domain.Shared.InstanceId("production"), quiet, GatePolicy.Default(stage) with { Alpha = alpha, Looks = looks });
                    if (kubernetes == 1) evaluation.Verdict.ShouldNotBe(GateVerdict.Pass);
                }
            }
        }
    }

    [Fact]
    public void LookThatInformationNeverComesFor_IsTakenAfterHalfAYear()
    {
        // One project fails a good deal more, every other as often as on docker: by project left out, no number of jobs would do.
        var facts = GateWorld.Facts(200) with { Step = GateWorld.Step(GateStage.Cohort) };
        var torn = facts with { Arms = [.. facts.Arms.Where(arm => arm.Project <= 4).Select(arm => arm with { Kubernetes = arm.Project == 1 ? new ArmCounts(1_000, 215, 18) : new ArmCounts(1_000, 203, 3), Docker = new ArmCounts(1_000, 203, 3) })] };
        var policy = GatePolicy.Default(GateStage.Cohort);
        var plan = LookPlan.Of(torn.Step, policy)!;
        var looks = LookDecisions.Of(torn, policy, plan, all: false);
        looks.Ahead.ShouldBeEmpty();
        looks.Last!.On.ShouldBe(plan.End);
        looks.Last.Verdict.ShouldBe(GateVerdict.Fail);
        torn.Read<NoWorseGate>(policy).Sentence.ShouldContain("Somebody has to decide");
        LookDecisions.Of(torn with { At = torn.At.AddDays(-100) }, policy, plan, all: false).Ahead.ShouldNotBeEmpty();
    }

    [Fact]
    public void DaysNotAllRead_AreUnknown_NotBetter()
    {
        var facts = GateWorld.Facts(7) with { CompleteSince = GateWorld.Since.AddDays(-3) };
        facts.Read<NoWorseGate>().Verdict.ShouldBe(GateVerdict.Unknown);
    }

    [Fact]
    public void NoSharedProject_IsUnknown_NeverPass()
    {
        var facts = GateWorld.Facts(7);
        var apart = facts with { Arms = [.. facts.Arms.Select(arm => arm.Project % 2 == 0 ? arm with { Docker = default } : arm with { Kubernetes = default })] };
        var reading = apart.Read<NoWorseGate>();
        reading.Verdict.ShouldBe(GateVerdict.Unknown, reading.Sentence);
    }

    [Fact]
    public void TakeoverComparesATagSetWithItself_SoJobsThatStayOnDockerSayNothing()
    {
        // Untagged jobs fail alike on both; tagged ones stay on docker and never fail there, which makes docker look better.
        var facts = GateWorld.Facts(7, kubernetes: 9, docker: 9);
        var mixed = facts with { Arms = [.. facts.Arms.SelectMany(arm => (ArmDay[])[arm with { Tags = "" }, new ArmDay(arm.Project, arm.Day, default, new ArmCounts(3_000, 0, 0), "docker")])] };
        mixed.Read<NoWorseGate>().Verdict.ShouldBe(GateVerdict.Pass);
        mixed.Read<HeterogeneityGate>().Verdict.ShouldBe(GateVerdict.Pass);
        mixed.Read<SampleGate>().Sentence.ShouldContain("40 shared projects");
        // As one heap the same jobs look worse on Kubernetes than they are.
        (mixed with { Arms = [.. mixed.Arms.Select(arm => arm with { Tags = null })] }).Read<NoWorseGate>().Verdict.ShouldNotBe(GateVerdict.Pass);
    }

    [Fact]
    public void OptIn_ComparesAProjectWithItself_BecauseItsJobsChangeTheirTags()
    {
        var facts = GateWorld.Facts(7) with { Step = GateWorld.Step(GateStage.Cohort) };
        var moved = facts with { Arms = [.. facts.Arms.SelectMany(arm => (ArmDay[])[arm with { Docker = default, Tags = "k8s-default" }, arm with { Kubernetes = default, Tags = "linux" }])] };
        moved.Read<NoWorseGate>(GatePolicy.Default(GateStage.Cohort)).Verdict.ShouldBe(GateVerdict.Pass);
    }

    [Fact]
    public void ExemptedProjects_AreLeftOutOfTheAnalysis()
    {
        var facts = GateWorld.Facts(7);
        var hit = facts with { Arms = [.. facts.Arms.Select(arm => arm.Project == 7 ? arm with { Kubernetes = new ArmCounts(1_000, 900, 700) } : arm)] };
        hit.Read<NoWorseGate>().Verdict.ShouldNotBe(GateVerdict.Pass);
        hit.Read<HeterogeneityGate>().Verdict.ShouldBe(GateVerdict.Fail);
        HeterogeneityGate.Worse(hit, GateWorld.Policy).ShouldHaveSingleItem().Project.ShouldBe(7);
        var policy = GateWorld.Policy with { Exempted = [7] };
        hit.Read<NoWorseGate>(policy).Verdict.ShouldBe(GateVerdict.Pass);
        hit.Read<HeterogeneityGate>(policy).Sentence.ShouldContain("1 project is left out of the analysis by name");
    }

    [Theory]
    [InlineData(false, GateVerdict.Fail)]
    [InlineData(true, GateVerdict.Pass)] // as many failures, all on the two days on which its code was broken there
    public void ProjectThatFailedOnFewDaysAlone_IsNotCalledBad(bool onTwoDays, GateVerdict verdict)
    {
        var facts = GateWorld.Facts(7);
        var hit = facts with { Arms = [.. facts.Arms.Select(arm => arm.Project != 7 ? arm : arm with { Kubernetes = new ArmCounts(1_000, 200 + Failed(arm.Day), 3) })] };
        hit.Read<HeterogeneityGate>().Verdict.ShouldBe(verdict);

        int Failed(DateOnly day) => !onTwoDays ? 100 : day.Day is 28 or 3 ? 700 : 0;
    }

    private static NoWorseGate OfAllFailures => Gate.All.OfType<NoWorseGate>().Single(gate => gate.CountsAll);

    private static int Every(DateOnly day, int days) => day.DayNumber % days == 0 ? 1 : 0;

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
