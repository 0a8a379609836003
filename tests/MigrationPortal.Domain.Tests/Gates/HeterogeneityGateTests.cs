using MigrationPortal.Domain.Gates;

namespace MigrationPortal.Domain.Tests.Gates;

public sealed class HeterogeneityGateTests
{
    private const int Projects = 1_000;

    [Fact]
    public void ManyGoodProjects_AreNotCalledBadByChance()
    {
        var calls = Enumerable.Range(1, 40).Count(seed => HeterogeneityGate.Worse(Facts(seed, bad: null), GateWorld.Policy).Count > 0);
        // Each project judged by itself would be called bad in all of them. Together it is 1 in 40 at most: more than 4 of 40 are past chance.
        calls.ShouldBeLessThanOrEqualTo(4);
    }

    [Fact]
    public void BadProjectAmongMany_IsFound() => HeterogeneityGate.Worse(Facts(7, bad: 321), GateWorld.Policy).Select(one => one.Project).ShouldBe([321L]);

    [Fact]
    public void ProjectOnOneExecutorOnly_IsNotJudged()
    {
        var facts = Facts(7, bad: 321);
        var alone = facts with { Arms = [.. facts.Arms.Select(arm => arm.Project == 321 ? arm with { Docker = default } : arm)] };
        HeterogeneityGate.Worse(alone, GateWorld.Policy).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(200, true)]
    public void ProjectWhoseCodeBreaksWhileItMoves_IsBadOnlyWhereKubernetesIsWorseOnTheSameDays(int worse, bool isBad)
    {
        // A tenth of its jobs fails on docker's days and half of them later, when nine of ten run on Kubernetes.
        static ArmCounts Counts(long jobs, long perThousand, int turn) => new(jobs, (jobs * perThousand / 1_000) + (turn % 3), 0);
        var facts = GateWorld.Facts(14);
        ArmDay Arm(ArmDay arm, bool isLate, int turn) => arm with
        {
            Kubernetes = Counts(isLate ? 900 : 100, (isLate ? 500 : 100) + worse, turn),
            Docker = Counts(isLate ? 100 : 900, isLate ? 500 : 100, turn + 1),
        };
        var since = DateOnly.FromDateTime(GateWorld.Since.DateTime);
        var moving = facts with { Arms = [.. facts.Arms.Select((arm, turn) => arm.Project == 7 ? Arm(arm, arm.Day >= since.AddDays(4), turn) : arm)] };
        HeterogeneityGate.Worse(moving, GateWorld.Policy).Select(one => one.Project).ShouldBe(isBad ? [7L] : []);
    }

    [Theory]
    [InlineData(0.8, 0.1, 1, false)] // each name fails alike on both, and Kubernetes gets more of the bad one
    [InlineData(0.5, 0.5, 1, true)] // both names are worse there
    [InlineData(0.8, 0.1, 14, true)] // names of too few jobs are known
    public void ProjectWhoseBadJobsLandOnKubernetes_IsNotBad(double bad, double good, int last, bool isBad)
    {
        // Half of its jobs fail on Kubernetes and a fifth on docker, day after day.
        var facts = GateWorld.Facts(14);
        static ArmCounts Counts(long jobs, double rate, int turn) => new(jobs, (long)(jobs * rate) + (turn % 3), 0);
        var arms = facts.Arms.Select((arm, turn) => arm.Project == 7 ? arm with { Kubernetes = Counts(200, 0.5, turn), Docker = Counts(200, 0.2, turn + 1) } : arm).ToList();
        HeterogeneityGate.Suspects(facts with { Arms = arms }, GateWorld.Policy).ShouldBe([7L]);

        var names = arms.Where(arm => arm.Project == 7).SelectMany((arm, turn) => (NameDay[])
        [
            new(7, "flaky", arm.Day, Counts(114, bad, turn), Counts(28, isBad ? 0.2 : bad, turn + 1)), new(7, "lint", arm.Day, Counts(86, good, turn), Counts(172, isBad ? 0.2 : good, turn + 1)),
        ]);
        HeterogeneityGate.Worse(facts with { Arms = arms, Names = [.. names.Where(one => one.Day.Day >= last || last == 1)] }, GateWorld.Policy).Select(one => one.Project).ShouldBe(isBad ? [7L] : []);
    }

    // 250 jobs on each side, a fifth of which fails; of the bad project half on Kubernetes.
    private static GateFacts Facts(int seed, long? bad)
    {
        var random = new Random(seed);
        ArmCounts Draw(double rate) => new(250, Enumerable.Range(0, 250).Count(_ => random.NextDouble() < rate), 0);
        var facts = GateWorld.Facts(7);
        return facts with { Arms = [.. Enumerable.Range(1, Projects).Select(project => new ArmDay(project, facts.Arms[^1].Day, Draw(project == bad ? 0.5 : 0.2), Draw(0.2)))] };
    }
}
