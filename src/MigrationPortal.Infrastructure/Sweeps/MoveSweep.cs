using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Follows merge requests of moves until they are merged or closed, and sees on what the next jobs really ran.</summary>
internal sealed class MoveSweep(FollowMoves follow, InstanceDirectory instances) : ISweep
{
    public string Name => "moves";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

    public bool Concerns(InstanceId instance) => instance == instances.Production.Id;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var went = await follow.RunAsync(instance, cancel);
        return new SweepReport(went == 0 ? "No project has gone on." : $"{went} {(went == 1 ? "project has" : "projects have")} gone on.");
    }
}
