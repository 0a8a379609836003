using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters.Surges;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters.Surges;

/// <summary>Every surge, newest first.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class SurgesPage
{
    private const int Shown = 100;

    private IReadOnlyList<Surge> surges = [];

    [Inject]
    private ISurgeStore Surges { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Surges];

    // Whatever instance the reader looks at: what is lent is lent to production.
    protected override InstanceId Instance => Instances.Production.Id;

    private string Headline => surges.Where(one => one.IsActive).SelectMany(one => one.Lent).Count() is > 0 and var lent ? $"{Words.Count(lent, "runner")} of QA {(lent == 1 ? "is" : "are")} lent to production" : "Nothing is lent";

    protected override async Task ReadAsync(CancellationToken cancel) => surges = await Surges.ListAsync(Instance, Shown, null, cancel);
}
