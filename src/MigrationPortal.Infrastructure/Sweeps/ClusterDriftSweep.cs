using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Looks at what was applied to clusters, a few at a time.</summary>
internal sealed class ClusterDriftSweep(WatchClusterDrift watch) : ISweep
{
    public const string SweepName = "cluster-drift";

    public string Name => SweepName;

    // Real time: whoever changes objects in a cluster does so in real time.
    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromDays(1), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1));

    public bool NeedsReadToken => false;

    public bool NeedsClock => false;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var (looked, drifted) = await watch.RunAsync(instance, cancel);
        return new SweepReport(looked == 0 ? "Nothing is due." : drifted == 0 ? $"{looked} configurations are as applied." : $"{drifted} of {looked} configurations differ in their cluster.");
    }
}
