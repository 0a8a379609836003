using Microsoft.AspNetCore.Authorization;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Clusters;

/// <summary>The form for a new cluster of the instance that the address names.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class ClusterNewPage
{
    protected override IReadOnlyList<PortalTopic> Topics { get; } = [];

    protected override Task ReadAsync(CancellationToken cancel) => Task.CompletedTask;

    private void Saved(Cluster saved) => Navigation.NavigateTo($"clusters/{saved.Id}?tab=permissions");
}
