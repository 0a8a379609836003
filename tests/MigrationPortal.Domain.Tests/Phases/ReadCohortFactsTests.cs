using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Phases;

public class ReadCohortFactsTests : IInsightReader, IWorldClock
{
    [Fact]
    public async Task Facts_AreOfTheStepOutOfOptIn_WhateverIsReached()
    {
        var facts = await FactsAsync(Make.State(Phase.UntaggedTakeover, 100, 50, evacuated: true), null);
        (facts.Phase, facts.Evacuated, facts.CanInvite, facts.TossesCoins, facts.AutomationOn).ShouldBe((2, true, false, false, true));
        (facts.BakeDays, facts.EvidenceDays, facts.Margin, facts.Power).ShouldBe((7, 7, 0.005, 0.8));
        facts.Docker.ShouldBe(new Rate(29, 10_000));
        (await FactsAsync(Make.State(), null)).Phase.ShouldBeNull();
        var optIn = await FactsAsync(Make.State(Phase.OptIn), null);
        (optIn.CanInvite, optIn.TossesCoins).ShouldBe((true, true));
    }

    /// <summary>What only waits for jobs is no harm: a wave is how they come.</summary>
    [Theory]
    [InlineData(GateVerdict.Fail, true)]
    [InlineData(GateVerdict.Wait, false)]
    [InlineData(GateVerdict.Unknown, false)]
    [InlineData(GateVerdict.Pass, false)]
    public async Task Harm_IsWhatFails(GateVerdict verdict, bool harms)
    {
        var state = Make.State(Phase.OptIn);
        var step = GateSteps.Next(state)!.Value.Step;
        var evaluation = new GateEvaluation(0, Make.Production, step, Make.Now, Make.Now, verdict, [new GateReading("no-worse", verdict, "1 %", "Kubernetes fails more often.")], []);
        (await FactsAsync(state, evaluation)).Harm.ShouldBe(harms ? ["Kubernetes fails more often."] : []);
        (await FactsAsync(state, evaluation with { Shadow = ["no-worse"] })).Harm.ShouldBeEmpty("it does not count");
        (await FactsAsync(state, evaluation with { Step = step with { Since = Make.Now.AddDays(-9) } })).Harm.ShouldBeEmpty("it speaks of another time");
    }

    private async Task<Domain.Cohorts.MigrationFacts> FactsAsync(PhaseState state, GateEvaluation? evaluation)
    {
        var gates = new MemoryGates();
        if (evaluation is not null) await gates.AddAsync(evaluation, null!, null!, default);
        return await new ReadCohortFacts(new MemoryMigration(Make.Settings(), state, new Touches()), gates, this, this).ReadAsync(Make.Production, default);
    }

    Task<IReadOnlyList<RateTotal>> IInsightReader.TotalsAsync(InsightFilter filter, CancellationToken cancel)
    {
        (filter.ManagedOnly, filter.FirstAttempts, filter.Kind).ShouldBe((true, true, Domain.Jobs.FailureKind.Infrastructure));
        return Task.FromResult<IReadOnlyList<RateTotal>>([new("kubernetes", new Rate(9, 10)), new("docker", new Rate(29, 10_000))]);
    }

    Task<IReadOnlyList<RatePoint>> IInsightReader.FailureRatesAsync(InsightFilter filter, CancellationToken cancel) => throw new NotSupportedException();

    Task<IReadOnlyList<SharePoint>> IInsightReader.SharesAsync(InsightFilter filter, CancellationToken cancel) => throw new NotSupportedException();

    Task<InsightReach> IInsightReader.ReachAsync(InsightFilter filter, Measure measure, CancellationToken cancel) => throw new NotSupportedException();

    Task<DateTimeOffset> IInsightReader.CompleteSinceAsync(InstanceId instance, TimeWindow window, CancellationToken cancel) => throw new NotSupportedException();

    DateTimeOffset IWorldClock.Now(InstanceId instance) => Make.Now;

    double IWorldClock.Speed(InstanceId instance) => 0;
}
