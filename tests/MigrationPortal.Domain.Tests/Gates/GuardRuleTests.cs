using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Gates;

public sealed class GuardRuleTests
{
    [Fact]
    public void Stands_SinceItsFirstBreachInARow_NotBeforeAPauseOrAnotherState()
    {
        var stuck = GuardWorld.Calm with { Stuck = new StuckFacts(3, 0, 0, 0) };
        GuardEvaluation At(int minutes, GuardFacts facts) => GuardEvaluation.Of(Make.Production, facts with { At = Make.Now.AddMinutes(minutes) });
        var now = At(60, stuck);
        now.StandsSince("stuck", []).ShouldBe(now.At);
        now.StandsSince("burst", []).ShouldBeNull();
        now.StandsSince("stuck", [now, At(55, stuck), At(50, stuck), At(45, GuardWorld.Calm), At(40, stuck)]).ShouldBe(Make.Now.AddMinutes(50));
        now.StandsSince("stuck", [At(55, stuck), At(20, stuck)]).ShouldBe(Make.Now.AddMinutes(55), "half an hour apart is no row");
        now.StandsSince("stuck", [At(55, stuck with { Since = Make.Now })]).ShouldBe(now.At);
    }

    [Fact]
    public void EachRule_SaysWhenItFires_AndWhatItThenAsksFor()
    {
        foreach (var rule in GuardRule.All) (rule.Limit[^1], rule.Asks[^1]).ShouldBe(('.', '.'), rule.Key);
        GuardRule.All.Single(rule => rule.Key == "burst").Limit.ShouldContain("at least 5 failures in 3 projects");
        GuardRule.All.Single(rule => rule.Key == "blackout").Asks.ShouldContain("evacuated");
    }

    [Fact]
    public void AllCalm_NoRuleAsksForAnything()
    {
        var evaluation = GuardEvaluation.Of(Make.Production, GuardWorld.Calm);
        evaluation.Act.ShouldBe(GuardAct.None);
        evaluation.Readings.Select(reading => reading.Rule).ShouldBe(["blackout", "burst", "burst-all", "sequence", "before-after", "stuck"]);
    }

    [Theory]
    [InlineData(40, 9, 200, 1, GuardAct.RollBack)] // Kubernetes alone
    [InlineData(40, 9, 200, 40, GuardAct.None)] // an outage that hits both
    [InlineData(1, 1, 200, 60, GuardAct.None)] // docker alone
    [InlineData(40, 2, 200, 1, GuardAct.None)] // the trouble of two projects
    [InlineData(4, 4, 200, 1, GuardAct.None)] // a handful
    [InlineData(40, 9, 19, 0, GuardAct.Hold)] // docker too quiet to tell
    public void Burst_ActsOnASingleReading_UnlessDockerSuffersAsWell(int kubernetes, int projects, int dockerJobs, int docker, GuardAct act)
    {
        var hour = GuardWorld.Hour(new ArmCounts(200, 20 + kubernetes, kubernetes), new ArmCounts(dockerJobs, docker, docker), projects);
        var evaluation = GuardEvaluation.Of(Make.Production, GuardWorld.Calm with { Hour = hour });
        evaluation.Readings.Single(reading => reading.Rule == "burst").Act.ShouldBe(act);
        if (act != GuardAct.None) evaluation.Leading().Sentence.ShouldContain($"{kubernetes} of 200 jobs on Kubernetes failed for reasons of infrastructure, in {projects} projects; on docker {docker} of {dockerJobs}.");
    }

    [Theory]
    [InlineData(100, 5_000, GuardAct.RollBack)] // a rise above what Kubernetes and docker usually fail
    [InlineData(100, 25_000, GuardAct.None)] // those projects always fail so often
    public void BurstOfAll_ReasonsUnread_IsJudgedByBothUsualRates(int failed, int usual, GuardAct act)
    {
        var facts = GuardWorld.Calm with { Hour = GuardWorld.Hour(new ArmCounts(200, failed, 0), GuardWorld.Calm.Hour.Docker), KubernetesUsual = new ArmCounts(50_000, usual, 150) };
        GuardEvaluation.Of(Make.Production, facts).Act.ShouldBe(act);
    }

    [Theory]
    [InlineData(6, 9, 3, false)]
    [InlineData(6, 3, 3, true)]
    [InlineData(6, 3, 9, true)]
    [InlineData(2, 9, 3, true)] // too few days
    public void Sequence_SteadyHarm_IsShownAfterSomeDays(int days, int kubernetes, int docker, bool isQuiet)
    {
        var reading = new SequenceRule().Read(GuardWorld.Calm with { Sequence = SequenceFacts.Of(GuardWorld.Arms(days, _ => kubernetes, docker)) });
        reading.Act.ShouldBe(isQuiet ? GuardAct.None : GuardAct.RollBack, reading.Sentence);
    }

    [Fact]
    public void Sequence_OneIncidentDay_IsNoProofOfAWorseExecutor()
    {
        var arms = GuardWorld.Arms(10, day => day == 6 ? 60 : 3);
        // Taken job by job it would be: 6,000 failures more of 300,000.
        var seen = SequenceFacts.Of(arms)!;
        seen.Difference.ShouldBeGreaterThan(0.004);
        new SequenceRule().Read(GuardWorld.Calm with { Sequence = seen }).Act.ShouldBe(GuardAct.None);
    }

    [Theory]
    [InlineData(6, 9, 3, 28, GuardAct.RollBack)]
    [InlineData(6, 5, 3, 28, GuardAct.None)] // worse, but by less than what time may bring
    [InlineData(6, 3, 9, 28, GuardAct.None)]
    [InlineData(2, 9, 3, 28, GuardAct.None)] // too few days since
    [InlineData(6, 9, 3, 6, GuardAct.None)] // too few days before
    public void BeforeAfter_DockerTakesNothingMore_ItsWeeksBeforeTheStepTell(int days, int kubernetes, int docker, int before, GuardAct act)
    {
        var reading = new BeforeAfterRule().Read(GuardWorld.Calm with { BeforeAfter = SequenceFacts.BeforeAfter(Leapt(days, _ => kubernetes, docker, before), Step(days), Today) });
        reading.Act.ShouldBe(act, reading.Sentence);
    }

    [Fact]
    public void BeforeAfter_OneIncidentDaySince_IsNoProof() =>
        new BeforeAfterRule().Read(GuardWorld.Calm with { BeforeAfter = SequenceFacts.BeforeAfter(Leapt(6, day => day == 3 ? 60 : 3, 3, 28), Step(6), Today) }).Act.ShouldBe(GuardAct.None);

    [Fact]
    public void BeforeAfter_DockerStillRunsTheSame_ComparesNothing()
    {
        var both = GuardWorld.Arms(34, _ => 9);
        SequenceFacts.BeforeAfter(both, Step(6), Today).ShouldBeNull();
        // A rest that docker alone runs changes nothing.
        ArmDay[] rest = [.. GuardWorld.Arms(34, _ => 9).Select(arm => arm with { Kubernetes = default, Tags = "docker" })];
        SequenceFacts.BeforeAfter([.. Leapt(6, _ => 9, 3, 28), .. rest], Step(6), Today).ShouldBe(SequenceFacts.BeforeAfter(Leapt(6, _ => 9, 3, 28), Step(6), Today));
    }

    [Fact]
    public void BeforeAfter_LaterThanFourWeeks_TellsNothing()
    {
        SequenceFacts.BeforeAfter(Leapt(28, _ => 9, 3, 28), Step(28), Today).ShouldNotBeNull().Days.ShouldBe(SequenceFacts.Reach);
        SequenceFacts.BeforeAfter(Leapt(29, _ => 9, 3, 28), Step(29), Today).ShouldBeNull();
    }

    [Fact]
    public void BeforeAfter_AJobThatDockerEndsAfterTheStep_ChangesLittle()
    {
        var stray = DateOnly.FromDateTime(Step(6).DateTime);
        ArmDay[] strays = [.. Leapt(6, _ => 9, 3, 28).Select(arm => arm.Day == stray && arm.Project <= 20 ? arm with { Docker = new ArmCounts(1, 0, 0) } : arm)];
        SequenceFacts.BeforeAfter(strays, Step(6), Today).ShouldBe(SequenceFacts.BeforeAfter(Leapt(6, _ => 9, 3, 28), Step(6), Today));
    }

    [Fact]
    public void BeforeAfter_AStepThatTookNothingFromDocker_IsNotBlamed()
    {
        // Docker's end was reached eight days before this step; it did not move these jobs.
        SequenceFacts.BeforeAfter(Leapt(14, day => day < 8 ? 3 : 9, 3, 20), Step(6), Today).ShouldBeNull();
        // Along the ramp Kubernetes ran most of it before.
        var ramp = GuardWorld.Arms(34, _ => 9).Select(arm => arm.Day < DateOnly.FromDateTime(Step(6).DateTime) ? arm with { Docker = new ArmCounts(200, 20, 1) } : arm with { Docker = default });
        SequenceFacts.BeforeAfter([.. ramp], Step(6), Today).ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void BeforeAfter_ReasonsNotRead_TellNothing(bool onDocker)
    {
        ArmCounts Unread(ArmCounts counts) => counts.Finished == 0 ? counts : counts with { Infrastructure = 0, Unread = counts.Infrastructure };
        var arms = Leapt(6, _ => 9, 3, 28).Select(arm => onDocker ? arm with { Docker = Unread(arm.Docker) } : arm with { Kubernetes = Unread(arm.Kubernetes) });
        SequenceFacts.BeforeAfter([.. arms], Step(6), Today).ShouldBeNull();
    }

    private static DateOnly Today => DateOnly.FromDateTime(Make.Now.UtcDateTime);

    // Midnight: every day since is a whole one.
    private static DateTimeOffset Step(int days) => new DateTimeOffset(Make.Now.Date, TimeSpan.Zero).AddDays(-days);

    // Docker alone before the step, Kubernetes alone since.
    private static ArmDay[] Leapt(int days, Func<int, int> kubernetes, int docker, int before) =>
    [
        .. GuardWorld.Arms(before + days, day => kubernetes(day - before), docker)
            .Select(arm => arm.Day < DateOnly.FromDateTime(Step(days).DateTime) ? arm with { Kubernetes = default } : arm with { Docker = default }),
    ];

    [Theory]
    [InlineData(1, 0, 0, 0, true)]
    [InlineData(0, 5, 3, 0, true)]
    [InlineData(0, 4, 3, 0, false)]
    [InlineData(0, 50, 2, 0, false)] // one project's own trouble
    [InlineData(0, 0, 0, 70, false)] // a brownout
    public void Stuck_OnlyBecauseOfTheLastStep(long noRunner, long tooOld, int projects, long brownout, bool isBreached) =>
        new StuckJobsRule().Read(GuardWorld.Calm with { Stuck = new StuckFacts(noRunner, tooOld, projects, brownout) }).Act.ShouldBe(isBreached ? GuardAct.RollBack : GuardAct.None);

    [Theory]
    [InlineData(0, 20, 30, 0, 1440, 1, GuardAct.Evacuate)] // no contact
    [InlineData(0, 0, 30, 0, 1440, 1, GuardAct.Hold)] // nowhere to go
    [InlineData(0, 20, 30, 0, 1440, 11, GuardAct.None)] // an old snapshot proves nothing
    [InlineData(6, 20, 0, 3, 1440, 1, GuardAct.Evacuate)] // polls, but starts nothing
    [InlineData(6, 20, 0, 2, 1440, 1, GuardAct.None)]
    [InlineData(6, 20, 0, 0, 1440, 1, GuardAct.None)] // a quiet night
    [InlineData(6, 20, 1, 900, 1440, 1, GuardAct.None)] // full, not dark
    [InlineData(6, 20, 0, 900, 5, 1, GuardAct.None)] // the state is too young
    [InlineData(1, 20, 30, 0, 1440, 1, GuardAct.None)]
    public void Blackout_OnASingleReading(int inContact, int docker, long starts, long waiting, int stateMinutes, int snapshotMinutes, GuardAct act)
    {
        var facts = GuardWorld.Calm with
        {
            Since = Make.Now.AddMinutes(-stateMinutes),
            Contact = new ContactFacts(Make.Now.AddMinutes(-snapshotMinutes), 6, inContact, docker),
            Starts = new StartFacts(starts, waiting),
        };
        GuardEvaluation.Of(Make.Production, facts).Act.ShouldBe(act);
    }

    [Fact]
    public void Blackout_JobsNotLookedAtForLong_AreNotKnown() =>
        GuardEvaluation.Of(Make.Production, GuardWorld.Calm with { LookedAt = Make.Now.AddMinutes(-11), Starts = new StartFacts(0, 900) }).Act.ShouldBe(GuardAct.None);

    [Theory]
    [InlineData(5, 0, GuardAct.RollBack)]
    [InlineData(1, 0, GuardAct.Watch)] // as good as one look
    [InlineData(31, 0, GuardAct.Watch)] // not in a row
    [InlineData(5, 1, GuardAct.Watch)] // of another state
    public void StuckJobs_MustPersistOverTwoEvaluationsInARow(int minutes, int stateMinutes, GuardAct second)
    {
        var facts = GuardWorld.Calm with { Stuck = new StuckFacts(3, 0, 0, 0) };
        var first = GuardEvaluation.Of(Make.Production, facts);
        first.Act.ShouldBe(GuardAct.Watch);
        var (at, since) = (facts.At.AddMinutes(minutes), facts.Since.AddMinutes(stateMinutes));
        GuardEvaluation.Of(Make.Production, facts with { At = at, Since = since, Before = first.BreachedFor(at, since) }).Readings.Single(reading => reading.Rule == "stuck").Act.ShouldBe(second);
    }

    [Theory]
    [InlineData(8, 0)] // an hour's burst that was rolled back: no later look
    [InlineData(40, 3)] // a whole day
    [InlineData(200, 3)]
    public void IncidentDay_IsNeverProofOfAWorseExecutor_AndAShortOneDoesNotHoldTheLaterVerdict(int failed, int weeksLater)
    {
        // One day of fourteen on which Kubernetes alone failed: its day block widens the limits on both sides.
        var facts = GateWorld.Facts(22);
        var bad = DateOnly.FromDateTime(GateWorld.Since.UtcDateTime).AddDays(3);
        var after = facts with { Arms = [.. facts.Arms.Select(arm => arm.Day == bad ? arm with { Kubernetes = arm.Kubernetes with { Infrastructure = failed, Failed = 200 + failed } } : arm)] };
        var plan = LookPlan.Of(after.Step, GateWorld.Policy)!;
        LookDecisions.Of(facts, GateWorld.Policy, plan, all: false).Taken[0].Verdict.ShouldBe(GateVerdict.Pass);
        var looks = LookDecisions.Of(after, GateWorld.Policy, plan, all: false);
        looks.Taken.ShouldAllBe(one => !(one.Comparison.Lower > 0));
        if (weeksLater == 0) looks.Last!.Verdict.ShouldBe(GateVerdict.Pass);
        else (looks.Ahead[0].DayNumber - plan.Looks[0].DayNumber).ShouldBeGreaterThanOrEqualTo(7 * weeksLater - 7);
    }
}
