using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Gates;

/// <summary>One external gate: whether the phase asks it, what it answered, and the button that asks it now.</summary>
public sealed partial class ExternalGateLine
{
    private (GateVerdict Verdict, string Value, string Sentence)? tested;
    private string? refused;
    private bool isBusy;

    [Inject]
    private AskExternalGates Ask { get; set; } = null!;

    [Inject]
    private ChangeExternalGates Change { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private IWorldClock Clock { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ExternalGate Of { get; set; }

    [Parameter, EditorRequired]
    public required bool Asked { get; set; }

    /// <summary>As the gates were last read; null: it was not asked.</summary>
    [Parameter]
    public (GateVerdict Verdict, string Value, string Sentence)? Answer { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<bool> OnAsk { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnEdit { get; set; }

    /// <summary>With the secret that was made, to be shown once.</summary>
    [Parameter, EditorRequired]
    public required EventCallback<string?> OnChanged { get; set; }

    private (GateVerdict Verdict, string Value, string Sentence)? Shows => tested ?? (Asked ? Answer : null);

    private async Task TestAsync()
    {
        (isBusy, tested, refused) = (true, null, null);
        try
        {
            tested = ExternalsGate.Of(await Ask.OneAsync(Of, CancellationToken.None), Clock.Now(Of.Instance));
        }
        finally
        {
            isBusy = false;
        }
    }

    private async Task RotateAsync()
    {
        var request = new ConfirmRequest($"Make a new secret of {Of.Name}?", "Make a new secret") { Text = "What is signed with the old one is refused from now on. The new one is shown once.", Danger = true };
        if (await Dialogs.ConfirmAsync(request) is null) return;
        var outcome = await Change.RotateAsync(Of.Instance, Of.Name, (await SignedIn).User.Actor(), CancellationToken.None);
        refused = outcome.Match<string?>(_ => null, no => string.Join(' ', no.Reasons));
        if (outcome is Outcome<ExternalGateChanged>.Done { Result: var changed }) await OnChanged.InvokeAsync(changed.MadeSecret);
    }

    private async Task RemoveAsync()
    {
        var request = new ConfirmRequest($"Remove the external gate {Of.Name}?", $"Remove {Of.Name}") { Text = "Policies that name it then read unknown, which holds their steps.", Danger = true };
        if (await Dialogs.ConfirmAsync(request) is null) return;
        refused = (await Change.RemoveAsync(Of.Instance, Of.Name, (await SignedIn).User.Actor(), CancellationToken.None)).Match<string?>(_ => null, no => string.Join(' ', no.Reasons));
        if (refused is null) await OnChanged.InvokeAsync(null);
    }
}
