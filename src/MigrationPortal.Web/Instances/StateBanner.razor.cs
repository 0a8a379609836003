using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Instances;

/// <summary>Above every page of administrators: observe mode, or a GitLab that does not answer.</summary>
public sealed partial class StateBanner
{
    private ConnectionHealth? health;

    [Inject]
    private IInstanceStore Store { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Instances];

    protected override async Task ReadAsync(CancellationToken cancel) => health = await Store.HealthAsync(Instance, cancel);
}
