using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Gates;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public sealed class EvaluateGatesTests
{
    private static readonly PlanTarget One = Make.Target(Phase.UntaggedTakeover, 1, 100);
    private static readonly PlanTarget Half = Make.Target(Phase.UntaggedTakeover, 50, 100);

    [Fact]
    public async Task StepThatWasRolledBackByItselfTwice_WaitsForAPerson_AnotherStepDoesNot()
    {
        var portal = PortalOf();
        (await ReadAsync(portal)).ShouldBe((GateVerdict.Pass, "none"));
        await TakenBackAsync(portal, Half);
        (await ReadAsync(portal)).ShouldBe((GateVerdict.Pass, "none"));
        await TakenBackAsync(portal, One);
        (await ReadAsync(portal)).ShouldBe((GateVerdict.Pass, "one"));
        await TakenBackAsync(portal, One);
        (await ReadAsync(portal)).ShouldBe((GateVerdict.Fail, "2"));

        // By hand it goes, and the next one is judged by what became of itself.
        (await portal.FinishAsync((await portal.StartAsync(One))!.Id)).State.ShouldBe(OperationState.Succeeded);
        (await ReadAsync(portal)).ShouldBe((GateVerdict.Pass, "one"));
    }

    [Fact]
    public async Task StepThatAPersonRolledBack_IsAPersonsAffair()
    {
        var portal = PortalOf();
        for (var times = 0; times < 3; times++)
        {
            var id = (await portal.StartAsync(One))!.Id;
            await portal.FinishAsync(id);
            (await portal.RollBack.RunAsync(id, Make.Admin, "not yet", default)).Result();
            await portal.FinishAsync(id);
        }

        (await ReadAsync(portal)).ShouldBe((GateVerdict.Pass, "none"));
    }

    [Fact]
    public async Task MarginsCountTwice_WhileOneRunnerAloneTakesUntaggedJobs()
    {
        var portal = PortalOf();
        (await MarginsAsync()).ShouldBe((0.005, 0.02));
        await portal.FinishAsync((await portal.StartAsync(One))!.Id);
        (await MarginsAsync()).ShouldBe((0.005, 0.04));
        await portal.FinishAsync((await portal.StartAsync(Half))!.Id);
        (await MarginsAsync()).ShouldBe((0.0025, 0.02));

        async Task<(double, double)> MarginsAsync()
        {
            await ReadAsync(portal);
            var policy = (await portal.Gates.EvidenceAsync((await portal.Gates.LatestAsync(Make.Production, default))!.Id, default))!.Value.Policy;
            return (policy.Margin, policy.MarginAll);
        }
    }

    private static async Task TakenBackAsync(Portal portal, PlanTarget step)
    {
        var id = (await portal.StartAsync(step))!.Id;
        await portal.FinishAsync(id);
        var facts = GuardWorld.Burst with { At = portal.Time, Since = portal.Migration.State.Current!.At };
        var evaluation = await portal.Guards.AddAsync(GuardEvaluation.Of(Make.Production, facts), facts, default);
        (await portal.ActOnGuard.RunAsync(evaluation, default)).ShouldBe($"Operation {id} is being rolled back.");
        (await portal.FinishAsync(id)).State.ShouldBe(OperationState.RolledBack);
    }

    private static async Task<(GateVerdict Verdict, string Value)> ReadAsync(Portal portal)
    {
        var evaluate = new EvaluateGates(portal.Migration, new GoodFacts(), portal.Guards, portal.Operations, [], portal.Gates);
        var reading = (await evaluate.RunAsync(Make.Production, default))!.Readings.Single(one => one.Gate == "roll-backs");
        return (reading.Verdict, reading.Value);
    }

    private static Portal PortalOf()
    {
        var legacy = Enumerable.Range(1, 4).Select(id => Make.Legacy(id, "docker-fallback linux"));
        var kubernetes = Enumerable.Range(11, 2).Select(id => Make.Kubernetes(id, "k8s-default"));
        return new Portal(new DesireContext(Make.Fleet([.. legacy, .. kubernetes]), Make.Settings(), Make.State(Phase.OptIn), Make.Census(Make.Class(""), Make.Class("linux", project: 2))));
    }

    private sealed class GoodFacts : IGateFacts
    {
        public Task<GateFacts> ReadAsync(InstanceId instance, GateStep step, GatePolicy policy, string? fallbackTag, CancellationToken cancel) => Task.FromResult(GateWorld.Facts(7) with { Step = step });
    }
}
