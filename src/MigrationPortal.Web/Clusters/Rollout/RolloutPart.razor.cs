using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Clusters.Rollout;

/// <summary>From a draft to production: where each revision is, trying one on QA, and bringing one through production.</summary>
public sealed partial class RolloutPart
{
    private RolloutState? state;
    private ActorNames names = ActorNames.None;

    [Parameter, EditorRequired]
    public required StoredConfiguration Of { get; set; }

    [Inject]
    private ReadRollout Rollout { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Configurations, PortalTopic.Clusters];

    protected override InstanceId Instance => Of.Instance;

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var read = await Rollout.RunAsync(Of.Id, cancel);
        names = await People.OfAsync(read.Verifications.Select(one => one.AskedBy).Concat(read.Promotions.Select(one => one.AskedBy)), cancel);
        state = read;
    }
}
