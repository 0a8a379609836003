using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Domain.Tests.Gates;

/// <summary>
/// Read on Monday 9 November, at the first look: reasons of the three whole days since the 6th may still come. 560,000 jobs on
/// Kubernetes in 14 days: a tenth of 0.25 points of them are 140.
/// </summary>
public sealed class UnreadReasonsTests
{
    private static readonly GateFacts Good = GateWorld.Facts(7);
    private static readonly NoWorseGate OfAllFailures = Gate.All.OfType<NoWorseGate>().Single(gate => gate.CountsAll);

    [Theory]
    [InlineData("2026-11-08", 140, GateVerdict.Pass)]
    [InlineData("2026-11-08", 141, GateVerdict.Unknown)]
    [InlineData("2026-11-06", 141, GateVerdict.Unknown)]
    [InlineData("2026-11-05", 141, GateVerdict.Pass)] // they never come: as many failures of infrastructure among 560,000 jobs say little
    public void YoungOnes_HoldTheGate_OldOnesNoMore(string day, long unread, GateVerdict verdict)
    {
        var facts = On(day, unread, 0);
        facts.Read<NoWorseGate>().Verdict.ShouldBe(verdict);
        OfAllFailures.Read(facts, GateWorld.Policy).Verdict.ShouldBe(GateVerdict.Pass, "whatever the reason");
    }

    [Theory]
    [InlineData(150, 0, GateVerdict.Wait, 3)] // of one project's 14,000 jobs on Kubernetes: worse, and the others are as good as before
    [InlineData(150, 150, GateVerdict.Pass, 3)] // its reasons are lost on both executors alike
    public void OldOnes_CountAsInfrastructure_OnBothExecutors(long kubernetes, long docker, GateVerdict verdict, int each)
    {
        var (facts, expected) = (Each(each, kubernetes, docker), Each(each, 0, 0, kubernetes, docker));
        var reading = facts.Read<NoWorseGate>();
        reading.Verdict.ShouldBe(verdict, reading.Sentence);
        reading.Sentence.ShouldStartWith(expected.Read<NoWorseGate>().Sentence);
        reading.Sentence.ShouldEndWith("failures whose reasons never came count as failures of infrastructure.");
        facts.Read<HeterogeneityGate>().ShouldBe(expected.Read<HeterogeneityGate>());
        facts.Read<SampleGate>().ShouldBe(expected.Read<SampleGate>());
    }

    [Fact]
    public void OldOnes_OfDaysThatWereMostlyDockers_DoNotMakeAWorseKubernetesPass()
    {
        // Kubernetes fails 0.7 % for reasons of infrastructure and docker 0.3 %; of the first week, when docker ran nine of ten jobs, one reason in thirty is lost.
        static ArmCounts Counts(long jobs, int infrastructure, bool early) => new(jobs, jobs / 5, jobs * infrastructure / 1_000, early ? jobs / 5 / 30 : 0);
        ArmDay Arm(ArmDay arm) => arm.Day < new DateOnly(2026, 11, 2)
            ? arm with { Kubernetes = Counts(1_000, 7, early: true), Docker = Counts(9_000, 3, early: true) }
            : arm with { Kubernetes = Counts(9_000, 7, early: false), Docker = Counts(1_000, 3, early: false) };
        var facts = Good with { Arms = [.. Good.Arms.Select(Arm)] };
        var reading = facts.Read<NoWorseGate>();
        (reading.Verdict, reading.Value).ShouldBe((GateVerdict.Unknown, "reasons not read"), reading.Sentence);
        reading.Sentence.ShouldContain("depends on them");
    }

    [Fact]
    public void ProjectThatCannotBeRead_HoldsNothing_ThoughItFailsAnewEachDay()
    {
        var silent = Good with { Arms = [.. Good.Arms.Select(arm => arm.Project != 7 ? arm : arm with { Kubernetes = AllUnread(arm.Kubernetes), Docker = AllUnread(arm.Docker) })] };
        silent.Read<NoWorseGate>().Verdict.ShouldBe(GateVerdict.Pass);

        // One reason of its last old failures was read: the others may come as well.
        var heard = silent with { Arms = [.. silent.Arms.Select(arm => arm is { Project: 7, Day: { Month: 11, Day: 5 } } ? arm with { Docker = arm.Docker with { Unread = arm.Docker.Unread - 1 } } : arm)] };
        heard.Read<NoWorseGate>().Value.ShouldBe("reasons not read");

        static ArmCounts AllUnread(ArmCounts counts) => counts with { Infrastructure = 0, Unread = counts.Failed };
    }

    [Fact]
    public void ExemptedProjects_AndDocker_HoldNothing()
    {
        var facts = On("2026-11-08", 150, 0);
        facts.Read<NoWorseGate>(GateWorld.Policy with { Exempted = [7] }).Verdict.ShouldBe(GateVerdict.Pass);
        On("2026-11-08", 0, 150).Read<NoWorseGate>().Verdict.ShouldBe(GateVerdict.Pass);
    }

    private static GateFacts On(string day, long kubernetes, long docker) => Good with
    {
        Arms = [.. Good.Arms.Select(arm => arm.Project == 7 && arm.Day == DateOnly.Parse(day, null) ? arm with { Kubernetes = arm.Kubernetes with { Unread = kubernetes }, Docker = arm.Docker with { Unread = docker } } : arm)],
    };

    // Every third day up to the 5th, in each of so many projects.
    private static GateFacts Each(int projects, long kubernetes, long docker, long kubernetesInfrastructure = 0, long dockerInfrastructure = 0) => Good with
    {
        Arms =
        [
            .. Good.Arms.Select(arm => arm.Project > projects || arm.Day > new DateOnly(2026, 11, 5) || arm.Day.DayNumber % 3 != 0 ? arm : arm with
            {
                Kubernetes = new ArmCounts(1_000, 200, 3 + kubernetesInfrastructure, kubernetes),
                Docker = new ArmCounts(1_000, 200, 3 + dockerInfrastructure, docker),
            }),
        ],
    };
}
