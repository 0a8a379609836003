using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

/// <summary>The plans of the instance, newest first.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class PlansPage
{
    private IReadOnlyList<PlanHead> plans = [];
    private ActorNames names = ActorNames.None;

    [Inject]
    private IPlanStore Plans { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Operations, PortalTopic.Phases];

    private string Headline => plans.Count == 0 ? "Plans" : $"{Words.Count(plans.Count, "plan")}, the newest {Words.Ago(plans[0].MadeAt, Now)}";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        plans = await Plans.NewestAsync(Instance, 100, null, cancel);
        names = await People.OfAsync(plans.Select(one => one.MadeBy), cancel);
    }
}
