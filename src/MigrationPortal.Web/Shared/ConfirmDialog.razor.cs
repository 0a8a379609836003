using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace MigrationPortal.Web.Shared;

/// <summary>The one confirmation dialog; open it with <see cref="ConfirmDialogs.ConfirmAsync"/>.</summary>
public sealed partial class ConfirmDialog
{
    private string reason = "";
    private string typed = "";

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ConfirmRequest Request { get; set; }

    private bool MayGoOn =>
        (!Request.ReasonRequired || reason.Trim().Length > 0)
        && (Request.Type is not { } word || string.Equals(typed.Trim(), word, StringComparison.Ordinal));

    protected override void OnInitialized() => reason = Request.Reason;

    private void GoOn()
    {
        if (MayGoOn)
            Dialog.Close(DialogResult.Ok(new Confirmed(reason.Trim())));
    }
}
