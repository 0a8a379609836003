using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Instances;

/// <summary>Above every page of administrators: a database or a GitLab that does not do its part, a refused token, observe mode.</summary>
public sealed partial class StateBanner
{
    private ConnectionHealth? health;
    private SweepState? failing;

    [Inject]
    private IInstanceStore Store { get; set; } = null!;

    [Inject]
    private ISweepReader Sweeps { get; set; } = null!;

    [Inject]
    private DatabaseFaults Database { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Instances];

    private string? DatabaseTrouble => Database.Now() ?? Fault?.Message;

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        health = await Store.HealthAsync(Instance, cancel);
        failing = (await Sweeps.LastRunsAsync(Instance, cancel)).FirstOrDefault(one => one.FailuresInARow >= SweepState.Trouble);
    }
}
