using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace MigrationPortal.Web.Shared;

/// <summary>The one confirmation dialog; open it with <see cref="ConfirmDialogs.ConfirmAsync"/>.</summary>
public sealed partial class ConfirmDialog
{
    private string reason = "";
    private string typed = "";
    private DateOnly? day;

    [CascadingParameter]
    private IMudDialogInstance Dialog { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ConfirmRequest Request { get; set; }

    private bool MayGoOn =>
        (!Request.ReasonRequired || reason.Trim().Length > 0)
        && IsDayRight
        && (Request.Type is not { } word || string.Equals(typed.Trim(), word, StringComparison.Ordinal));

    private bool IsDayRight => Request.Day is not { } days || (day >= days.First && day <= days.Last);

    protected override void OnInitialized() => (reason, day) = (Request.Reason, Request.Day?.Proposed);

    private void GoOn()
    {
        if (MayGoOn)
            Dialog.Close(DialogResult.Ok(new Confirmed(reason.Trim()) { Day = day }));
    }

    private static string Word(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Shown(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);
}
