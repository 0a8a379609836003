using MigrationPortal.Domain.Clusters.Promotion;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Carries promotions of runner configurations on: a look costs each cluster some forty requests, so it is not asked all the time.</summary>
internal sealed class PromotionSweep(AdvancePromotions advance, InstanceDirectory instances) : ISweep
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);

    public string Name => "promotions";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30));

    public bool NeedsReadToken => false;

    public bool Concerns(InstanceId instance) => instances.Find(instance)?.Kind == InstanceKind.Production;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (open, went) = await advance.RunAsync(instance, cancel);
        return open == 0 ? new SweepReport("No promotion is under way.") : new SweepReport($"{open} {(open == 1 ? "promotion is" : "promotions are")} under way.", went > 0 ? Soon : null);
    }
}
