using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Phases;

/// <summary>The emergency exit: one reason, one button, also on a phone.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class EvacuatePage
{
    private string reason = "";
    private string? refused;
    private IReadOnlyList<string> overrides = [];
    private bool isOverridden;
    private bool isBusy;
    private int kubernetes;
    private int legacy;

    [Inject]
    private IFleetStore Fleet { get; set; } = null!;

    [Inject]
    private Evacuate Evacuate { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Fleet];

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var fleet = await Fleet.LatestAsync(Instance, cancel);
        kubernetes = fleet?.Managed(RunnerRole.Kubernetes).Count() ?? 0;
        legacy = fleet?.Managed(RunnerRole.Legacy).Count() ?? 0;
    }

    private async Task GoAsync()
    {
        isBusy = true;
        var outcome = await Evacuate.RunAsync(Instance, (await SignedIn).User.Actor(), reason, isOverridden ? overrides : [], CancellationToken.None);
        isBusy = false;
        if (outcome is Outcome<Operation>.Done { Result: var operation })
        {
            Navigation.NavigateTo($"operations/{operation.Id}");
            return;
        }

        var refusal = ((Outcome<Operation>.Refused)outcome).Refusal;
        refused = string.Join(' ', refusal.Reasons);
        overrides = refusal.Overrides;
    }
}
