using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

/// <summary>A plan on paper, for a change board: no frame, black on white, A4.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class PlanSheetPage
{
    private PlanSheet? sheet;

    [Inject]
    private ReadPlanSheet Read { get; set; } = null!;

    [Inject]
    private Browser Browser { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter]
    public long Id { get; set; }

    // What is on paper does not change either; reading it again is a click.
    protected override IReadOnlyList<PortalTopic> Topics { get; } = [];

    protected override async Task ReadAsync(CancellationToken cancel) => sheet = await Read.RunAsync(Id, (await SignedIn).User.Actor(), cancel);

    private Task PrintAsync() => Browser.PrintAsync();
}
