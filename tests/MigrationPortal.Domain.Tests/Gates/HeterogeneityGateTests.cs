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

    // 250 jobs on each side, a fifth of which fails; of the bad project half on Kubernetes.
    private static GateFacts Facts(int seed, long? bad)
    {
        var random = new Random(seed);
        ArmCounts Draw(double rate) => new(250, Enumerable.Range(0, 250).Count(_ => random.NextDouble() < rate), 0);
        var facts = GateWorld.Facts(7);
        return facts with { Arms = [.. Enumerable.Range(1, Projects).Select(project => new ArmDay(project, facts.Arms[^1].Day, Draw(project == bad ? 0.5 : 0.2), Draw(0.2)))] };
    }
}
