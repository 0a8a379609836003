using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Follows twin runs to their end: somebody looks at the page meanwhile.</summary>
internal sealed class TwinSweep(FollowTwins follow, InstanceDirectory instances) : ISweep
{
    public string Name => "twin-runs";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

    public bool Concerns(InstanceId instance) => instance == instances.Production.Id;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var went = await follow.RunAsync(instance, cancel);
        return new SweepReport(went == 0 ? "Nothing has gone on." : $"{went} twin {(went == 1 ? "run has" : "runs have")} gone on.");
    }
}
