using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Reads the gates of the next step, and takes the step where its policy says so. Asks GitLab only to take it.</summary>
internal sealed class GateSweep(EvaluateGates evaluate, FlipWhenGatesPass flip, InstanceDirectory directory, SweepWishes wishes) : ISweep
{
    public const string SweepName = "gates";

    public string Name => SweepName;

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromMinutes(15), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(15));

    public bool NeedsReadToken => false;

    // Nothing is migrated on QA by gates: its configurations are promoted by hand.
    public bool Concerns(InstanceId instance) => directory.Find(instance) is { Kind: InstanceKind.Production };

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        if (await evaluate.RunAsync(instance, cancel) is not { } evaluation) return new SweepReport("No step is ahead.");
        // What cannot be measured may only wait for the days to be counted: an hour is long for that.
        if (evaluation.Holding.Any(reading => reading.Verdict == GateVerdict.Unknown)) wishes.Wish(DigestSweep.SweepName, instance);
        var said = await flip.RunAsync(instance, evaluation, cancel);
        if (said is not null) wishes.Wish(OperationSweep.SweepName, instance);
        return new SweepReport(said ?? (evaluation.Verdict == GateVerdict.Pass ? $"All gates of '{evaluation.Step.Title}' pass." : $"'{evaluation.Step.Title}' is held by {string.Join(", ", evaluation.Holding.Select(reading => reading.Gate))}."));
    }
}
