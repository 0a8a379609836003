using MudBlazor;

namespace MigrationPortal.Web.Shared;

/// <summary>
/// A question before something is changed. The button is verb and object, and repeats the numbers; never OK or Yes.
/// </summary>
/// <param name="Title">"Apply plan 41 to production?"</param>
/// <param name="Button">"Apply 6 changes to 5 runners".</param>
public sealed record ConfirmRequest(string Title, string Button)
{
    /// <summary>One sentence on what happens.</summary>
    public string? Text { get; init; }

    /// <summary>The numbers again, and what will not be undone.</summary>
    public IReadOnlyList<string> Points { get; init; } = [];

    /// <summary>The button is red.</summary>
    public bool Danger { get; init; }

    /// <summary>A reason field; with <see cref="ReasonRequired"/> the button waits for it.</summary>
    public bool AskReason { get; init; }

    public bool ReasonRequired { get; init; }

    /// <summary>What the reason field holds at first: "Kubernetes failures, alert 02:41".</summary>
    public string Reason { get; init; } = "";

    /// <summary>A day that the reader chooses as well; null: none is asked.</summary>
    public AskedDay? Day { get; init; }

    /// <summary>A word that must be typed exactly before the button works: deletions, named overrides.</summary>
    public string? Type { get; init; }
}

/// <param name="Label">"On docker until the end of".</param>
/// <param name="Proposed">Stands in the field at first.</param>
public sealed record AskedDay(string Label, DateOnly First, DateOnly Last, DateOnly Proposed);

/// <summary>The reader said yes. <paramref name="Reason"/> is trimmed, empty where none was asked or given.</summary>
public sealed record Confirmed(string Reason)
{
    /// <summary>Within what was asked; null where none was.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Null where none was given.</summary>
    public string? Given => Reason.Length == 0 ? null : Reason;
}

/// <summary>Asks in a dialog.</summary>
public static class ConfirmDialogs
{
    /// <summary>Null when the reader did not go on.</summary>
    public static async Task<Confirmed?> ConfirmAsync(this IDialogService dialogs, ConfirmRequest request)
    {
        var parameters = new DialogParameters<ConfirmDialog> { { dialog => dialog.Request, request } };
        var dialog = await dialogs.ShowAsync<ConfirmDialog>(request.Title, parameters);
        var answer = await dialog.Result;
        return answer is { Canceled: false, Data: Confirmed confirmed } ? confirmed : null;
    }
}
