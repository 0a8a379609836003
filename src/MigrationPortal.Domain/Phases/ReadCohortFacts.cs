using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Phases;

/// <summary>What cohorts need to know of phases and gates.</summary>
public sealed class ReadCohortFacts(IMigrationStore migration, IGateStore gates, IInsightReader insights, IWorldClock clock) : ICohortFacts
{
    public async Task<MigrationFacts> ReadAsync(InstanceId instance, CancellationToken cancel)
    {
        var state = await migration.StateAsync(instance, cancel);
        // A cohort's waves and waits are about the step out of phase 1, whatever is reached.
        var policy = (await migration.SettingsAsync(instance, cancel)).PolicyOf(Phase.OptIn).Gates;
        return new MigrationFacts(
            state.Current is { } reached ? (int)reached.Phase : null, state.Current?.Evacuated ?? false, policy.BakeDays, policy.EvidenceDays, policy.Margin, policy.Alpha, policy.Power,
            await DockerAsync(instance, cancel), state.AutomationOn, Harm(await gates.LatestAsync(instance, cancel), state));
    }

    // Infrastructure failures of first attempts on managed runners: what the gate compares.
    private async Task<Rate> DockerAsync(InstanceId instance, CancellationToken cancel)
    {
        var window = CensusWindow.Until(clock.Now(instance));
        var filter = new InsightFilter(instance, window, Bucket.Day, Dimension.Executor, FailureKind.Infrastructure, new Dictionary<Dimension, string>()) { ManagedOnly = true, FirstAttempts = true };
        return (await insights.TotalsAsync(filter, cancel)).FirstOrDefault(one => one.Value == "docker")?.Rate ?? default;
    }

    // What waits or is unknown does not speak against Kubernetes: a wave is how the jobs come that a gate waits for.
    private static IReadOnlyList<string> Harm(GateEvaluation? latest, PhaseState state) =>
        latest is not null && GateSteps.Next(state) is { Step: var next } && latest.Step.Key == next.Key && latest.Step.Since == next.Since
            ? [.. latest.Holding.Where(reading => reading.Verdict == GateVerdict.Fail).Select(reading => reading.Sentence)]
            : [];
}
