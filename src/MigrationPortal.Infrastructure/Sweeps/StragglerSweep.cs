using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Infrastructure.Sweeps;

/// <summary>Asks, reminds and tells the last day to those who are still on docker, opens and follows their merge requests, and sees who has left.</summary>
internal sealed class StragglerSweep(RunCampaign campaign, InstanceDirectory instances) : ISweep
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(10);

    public string Name => "stragglers";

    public SweepPace Pace { get; } = SweepPace.Every(Usual, TimeSpan.FromSeconds(15), Usual);

    public bool Concerns(InstanceId instance) => instance == instances.Production.Id;

    public async Task<SweepReport> RunAsync(InstanceId instance, CancellationToken cancel)
    {
        var turn = await campaign.RunAsync(instance, cancel);
        return new SweepReport(turn == new CampaignTurn(0, 0, 0, 0) ? "Nothing has gone on." : $"{turn.Opened} merge requests were opened, {turn.Followed} followed; {turn.Went} projects came into their next stage, and {turn.Gone} have left docker.");
    }
}
