using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>The fast roll back (statistics.md C). Asks GitLab only to act.</summary>
internal sealed class GuardSweep(EvaluateGuard evaluate, ActOnGuard act, InstanceDirectory directory, SweepWishes wishes) : ISweep
{
    public const string SweepName = "guard";

    public string Name => SweepName;

    public SweepPace Pace { get; } = SweepPace.Every(GuardEvaluation.Every, TimeSpan.FromSeconds(2), GuardEvaluation.Every);

    public bool NeedsReadToken => false;

    // Nothing is migrated on QA by itself.
    public bool Concerns(InstanceId instance) => directory.Find(instance) is { Kind: InstanceKind.Production };

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        if (await evaluate.RunAsync(instance, cancel) is not { } evaluation) return new SweepReport("Kubernetes is not in use.");
        var done = await act.RunAsync(evaluation, cancel);
        if (done is not null) wishes.Wish(OperationSweep.SweepName, instance);
        return new SweepReport(done is not null ? $"{evaluation.LeadingRule().Title}: {done}" : evaluation.Act == GuardAct.Watch ? $"{evaluation.LeadingRule().Title}: seen once, the next look decides." : "No rule has fired.");
    }
}
