using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Tests.Gates;

public sealed class GateTests
{
    private static readonly GateFacts Good = GateWorld.Facts(7);

    private static readonly InstanceId Instance = new("production");

    /// <summary>Three thousand jobs on each side.</summary>
    private static readonly GateFacts Few = Good with { Arms = [.. Good.Arms.Where(arm => arm.Project == 1 && arm.Day >= new DateOnly(2026, 11, 6))] };

    [Fact]
    public void AllGates_OfAGoodStep_Pass() => GateEvaluation.Of(Instance, Good, GateWorld.Policy).Verdict.ShouldBe(GateVerdict.Pass);

    public static TheoryData<string, GateFacts, GateVerdict> Bad => new()
    {
        { "stuck-jobs", Good with { Pending = new PendingFacts(200, 1, 0) }, GateVerdict.Fail },
        { "stuck-jobs", Good with { Pending = new PendingFacts(200, 0, 1) }, GateVerdict.Fail },
        { "queue-time", Good with { Times = Good.Times with { QueuedBefore = 100, QueuedAfter = 161 } }, GateVerdict.Fail },
        { "queue-time", Good with { Times = Good.Times with { QueuedBefore = null } }, GateVerdict.Unknown },
        { "durations", Good with { Times = Good.Times with { RanRatio = 1.21 } }, GateVerdict.Fail },
        { "durations", Good with { Times = Good.Times with { RanRatio = null } }, GateVerdict.Unknown },
        { "capacity", Good with { Capacity = new CapacityFacts(6, 5) }, GateVerdict.Fail },
        { "capacity", Good with { Capacity = new CapacityFacts(0, 0) }, GateVerdict.Fail },
        { "roll-backs", Good with { RolledBack = 2 }, GateVerdict.Fail },
        { "data-quality", Good with { Collection = Good.Collection with { ExecutorKnown = 979_999 } }, GateVerdict.Unknown },
        { "data-quality", Good with { Collection = Good.Collection with { LookedAt = Good.At.AddMinutes(-16) } }, GateVerdict.Unknown },
        { "data-quality", Good with { Collection = new CollectionFacts(0, 0, 0, null) }, GateVerdict.Unknown },
        { "sample", Few, GateVerdict.Wait },
        { "sample", Good with { Arms = [.. Good.Arms.Select(arm => arm.Project <= 20 ? arm with { Docker = default } : arm)] }, GateVerdict.Wait },
        { "sample", GateWorld.Facts(6), GateVerdict.Wait },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public void Gate_OfBadFacts_HoldsTheStep(string gate, GateFacts facts, GateVerdict verdict)
    {
        var evaluation = GateEvaluation.Of(Instance, facts, GateWorld.Policy);
        evaluation.Readings.Single(reading => reading.Gate == gate).Verdict.ShouldBe(verdict);
        evaluation.Verdict.ShouldNotBe(GateVerdict.Pass);
        evaluation.Holding.ShouldContain(reading => reading.Gate == gate);
    }

    [Theory]
    [InlineData(100, 150)] // 1.5 times
    [InlineData(10, 70)] // 60 s more
    public void QueueTime_OfShortWaits_MayGrow(double before, double after) =>
        (Good with { Times = Good.Times with { QueuedBefore = before, QueuedAfter = after } }).Read<QueueTimeGate>().Verdict.ShouldBe(GateVerdict.Pass);

    [Fact]
    public void StuckJobs_OfTagsThatNobodyEverCarried_AreToldAndHoldNothing()
    {
        var reading = (Good with { Pending = new PendingFacts(200, 0, 0, NeverCarried: 3) }).Read<StuckJobsGate>();
        reading.Verdict.ShouldBe(GateVerdict.Pass);
        reading.Sentence.ShouldEndWith("3 more ask for tags that no runner has ever carried, whatever the migration does, and are not counted.");
    }

    [Theory]
    [InlineData(100, 10_000, GateVerdict.Pass)]
    [InlineData(101, 10_000, GateVerdict.Fail)]
    [InlineData(0, 0, GateVerdict.Unknown)]
    public void FallbackShare_IsLimited(long asked, long finished, GateVerdict verdict) =>
        (Good with { Fallback = new FallbackFacts("docker", asked, finished) }).Read<FallbackShareGate>().Verdict.ShouldBe(verdict);

    [Theory]
    [InlineData(100.0, GateVerdict.Pass)]
    [InlineData(100.5, GateVerdict.Fail)]
    [InlineData(null, GateVerdict.Unknown)]
    public void PredictedFailures_AreLimited(double? jobs, GateVerdict verdict) =>
        (Good with { PredictedFailuresPerDay = jobs }).Read<PredictedFailuresGate>().Verdict.ShouldBe(verdict);

    [Theory]
    [InlineData(0, 0, 0, 0, 0, GateVerdict.Pass, "No project carries a change of the portal's.")]
    [InlineData(0, 0, 0, 0, 1, GateVerdict.Pass, "1 project graduated, and none carries a change of the portal's any more.")]
    [InlineData(2, 0, 0, 0, 5, GateVerdict.Wait, "2 projects still carry the opt-in.")]
    [InlineData(1, 1, 1, 0, 5, GateVerdict.Fail, "1 project still carries the opt-in, 1 of them with something in the way; 1 project is under way.")]
    [InlineData(0, 0, 3, 0, 0, GateVerdict.Wait, "3 projects are under way.")]
    [InlineData(0, 0, 0, 1, 9, GateVerdict.Fail, "1 project is pinned to docker.")]
    [InlineData(2, 0, 1, 0, 5, GateVerdict.Fail, "2 projects still carry the opt-in, and graduation is not started; 1 project is under way.", false)]
    public void Graduation_HoldsTheEnd_UntilNothingIsLeft(int moved, int blocked, int underWay, int pinned, int graduated, GateVerdict verdict, string words, bool started = true)
    {
        var reading = (Good with { Graduation = new GraduationFacts(moved, blocked, underWay, pinned, graduated, started) }).Read<GraduationGate>();
        (reading.Verdict, reading.Sentence).ShouldBe((verdict, words));
    }

    /// <summary>Facts of before there was such a gate replay as they were read; no other step is judged by it.</summary>
    [Fact]
    public void Graduation_IsAskedAtTheEndAlone()
    {
        var facts = Good with { Step = GateWorld.Step(GateStage.End), Graduation = new GraduationFacts(1, 0, 0, 0, 0, true) };
        GateEvaluation.Of(Instance, facts, GateWorld.Policy).Holding.ShouldContain(reading => reading.Gate == GraduationGate.Name);
        GateEvaluation.Of(Instance, facts with { Graduation = null }, GateWorld.Policy).Readings.ShouldNotContain(reading => reading.Gate == GraduationGate.Name);
        GateEvaluation.Of(Instance, facts with { Step = GateWorld.Step(GateStage.Fallback) }, GateWorld.Policy).Readings.ShouldNotContain(reading => reading.Gate == GraduationGate.Name);
    }

    [Fact]
    public void GateInShadow_IsMeasured_AndHoldsNothing()
    {
        var facts = Good with { PredictedFailuresPerDay = null };
        var evaluation = GateEvaluation.Of(Instance, facts, GateWorld.Policy);
        evaluation.Readings.Single(reading => reading.Gate == "predicted-failures").Verdict.ShouldBe(GateVerdict.Unknown);
        evaluation.Verdict.ShouldBe(GateVerdict.Pass);
        GateEvaluation.Of(Instance, facts, GateWorld.Policy with { Shadow = [] }).Verdict.ShouldBe(GateVerdict.Unknown);
    }

    [Fact]
    public void WaitForJobs_SaysHowManyAndHowLong()
    {
        var reading = Few.Read<SampleGate>();
        reading.MoreJobs.ShouldNotBeNull().ShouldBeGreaterThan(0);
        reading.Until.ShouldNotBeNull().ShouldBeGreaterThan(Good.At);
    }

    [Fact]
    public void WaitForJobs_ThatComeBeforeTheFirstLook_LastsUntilIt()
    {
        // A thousand jobs a day are enough after some more days, and the bake lasts longer.
        var facts = GateWorld.Facts(2) with { Arms = [.. GateWorld.Facts(2).Arms.Where(arm => arm.Project == 1 && arm.Day >= new DateOnly(2026, 10, 29))] };
        var reading = facts.Read<SampleGate>();
        (reading.Verdict, reading.Until).ShouldBe((GateVerdict.Wait, (DateTimeOffset?)new DateTimeOffset(LookPlan.Of(facts.Step, GateWorld.Policy)!.Looks[0], default, TimeSpan.Zero)), reading.Sentence);
        reading.MoreJobs.ShouldNotBeNull().ShouldBeGreaterThan(0);
    }

    [Theory]
    [InlineData(-2, "Whole days count, from Mon 2 Nov on, and none of them is over")]
    [InlineData(0, "Whole days count, from Mon 2 Nov on, and none of them is over")]
    [InlineData(1, "No project has finished jobs on both executors since Mon 2 Nov")]
    public void NothingToCompare_IsNotBlamedOnDaysThatAreAhead(int days, string said)
    {
        var facts = GateWorld.Facts(0) with { Step = GateWorld.Step() with { EvidenceSince = GateWorld.Since }, At = GateWorld.Since.AddDays(days).AddHours(9), Arms = [] };
        facts.Read<SampleGate>().Sentence.ShouldContain(said);
        facts.Read<NoWorseGate>().Sentence.ShouldContain(said);
    }

    [Fact]
    public void Evaluation_ComputedAgain_IsTheSame()
    {
        var facts = GateWorld.Facts(9, kubernetes: 4);
        GateEvaluation.Of(Instance, facts, GateWorld.Policy).Readings.ShouldBe(GateEvaluation.Of(Instance, facts, GateWorld.Policy).Readings);
    }
}
