using MigrationPortal.Domain.Cohorts.Moves;
using MigrationPortal.Domain.Cohorts.Templates;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Follows merge requests of moves until they are merged or closed, and sees on what the next jobs really ran.</summary>
internal sealed class MoveSweep(FollowTemplates templates, TakeBackShrunk shrunk, FollowMoves follow, InstanceDirectory instances) : ISweep
{
    public string Name => "moves";

    public SweepPace Pace { get; } = SweepPace.Every(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

    public bool Concerns(InstanceId instance) => instance == instances.Production.Id;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        // First, so that who is carried along is seen to run there in the same turn.
        var went = await templates.RunAsync(instance, cancel) + await shrunk.RunAsync(instance, cancel) + await follow.RunAsync(instance, cancel);
        return new SweepReport(went == 0 ? "Nothing has gone on." : $"{went} {(went == 1 ? "move has" : "moves have")} gone on.");
    }
}
