using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Phases;

/// <summary>The one switch, in the header of every page.</summary>
public sealed partial class AutomationSwitch
{
    private PhaseState? state;

    [Inject]
    private IMigrationStore Migration { get; set; } = null!;

    [Inject]
    private SwitchAutomation Switch { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Phases];

    protected override async Task ReadAsync(CancellationToken cancel) => state = await Migration.StateAsync(Instance, cancel);

    private async Task SwitchAsync(bool on)
    {
        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest(on ? "Start automation?" : "Stop all automation?", on ? "Start automation" : "Stop automation")
        {
            Text = on ? "Scheduled flips run again at their time." : "Nothing flips by itself any more. Roll back and evacuation by a person always work.",
            AskReason = true,
        });
        if (confirmed is null) return;
        await Switch.RunAsync(Instance, on, confirmed.Reason.Length > 0 ? confirmed.Reason : null, (await SignedIn).User.Actor(), CancellationToken.None);
        await ReadAgainAsync();
    }
}
