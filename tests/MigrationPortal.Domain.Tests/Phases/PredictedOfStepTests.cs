using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Gates;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public sealed class PredictedOfStepTests
{
    private static readonly MigrationSettings Settings = Make.Settings("docker-fallback", ("linux", TagDecision.Adopt), ("large", TagDecision.Adopt), ("windows", TagDecision.Keep));

    [Theory]
    [InlineData(GateStage.Cohort, Phase.UntaggedTakeover, 10.0)]
    [InlineData(GateStage.Overlap, Phase.UntaggedTakeover, 10.0)]
    [InlineData(GateStage.Overlap, Phase.DockerFallback, 15.0)]
    [InlineData(GateStage.Start, Phase.OptIn, null)]
    [InlineData(GateStage.Fallback, Phase.Decommission, null)]
    public async Task Jobs_ThatTheStepMoves_AreCounted(GateStage stage, Phase target, double? jobs) =>
        (await AddAsync(new Predictions(7, [Fails("", 10), Fails("linux", 2), Fails("large linux", 3), Fails("windows", 50), Fails("linux docker-fallback", 90)], 1, 500), stage, target)).ShouldBe(jobs);

    [Fact]
    public async Task NothingScanned_IsNotKnown_AndNothingFoundIsNone()
    {
        (await AddAsync(Predictions.Nothing, GateStage.Overlap, Phase.UntaggedTakeover)).ShouldBeNull();
        (await AddAsync(Predictions.Nothing with { Scanned = 1 }, GateStage.Overlap, Phase.UntaggedTakeover)).ShouldBe(0);
    }

    private static async Task<double?> AddAsync(Predictions predictions, GateStage stage, Phase target)
    {
        var facts = GateWorld.Facts(7) with { PredictedFailuresPerDay = null };
        var of = new PredictedOfStep(new MemoryPredictions { Now = predictions }, new MemoryMigration(Settings, Make.State(), new Touches()));
        return (await of.AddAsync(facts with { Step = facts.Step with { Stage = stage } }, Make.Production, PhasePolicy.Default(Phase.UntaggedTakeover), Make.Target(target), default)).PredictedFailuresPerDay;
    }

    private static PredictedFailure Fails(string tags, double jobs) => new(new ProjectId(Make.Production, 1), Make.Tags(tags), "build", ["R01"], jobs);
}
