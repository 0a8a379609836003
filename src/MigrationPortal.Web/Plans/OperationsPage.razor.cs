using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

/// <summary>All operations of the instance, newest first.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class OperationsPage
{
    private IReadOnlyList<OperationHead> operations = [];
    private ActorNames names = ActorNames.None;

    [Inject]
    private IOperationStore Operations { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Operations];

    private string Headline => operations.FirstOrDefault(one => OperationWords.IsUnfinished(one.State)) is { } open
        ? OperationWords.Headline(open)
        : operations.Count == 0 ? "Operations" : $"{Words.Count(operations.Count, "operation")}, none under way";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        operations = await Operations.NewestAsync(Instance, 200, null, cancel);
        names = await People.OfAsync(operations.Select(one => one.StartedBy), cancel);
    }
}
