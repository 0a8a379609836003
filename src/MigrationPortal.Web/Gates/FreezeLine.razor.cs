using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Gates;

/// <summary>One freeze window: when it is, what comes next of it, and what can be done with it.</summary>
public sealed partial class FreezeLine
{
    private string? refused;

    [Inject]
    private ChangeFreezes Change { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required FreezeWindow Of { get; set; }

    /// <summary>Null: none comes in the time that the page looks ahead.</summary>
    [Parameter]
    public FreezeSpan? Next { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnChanged { get; set; }

    private string Comes => this switch
    {
        { Of.EndedAt: { } ended } => $"Ended by hand {FreezeWords.Stamp(ended)} UTC.",
        { Next: null } => "Nothing of it comes in the next 90 days.",
        _ => $"{(Next.Covers(Now) ? "Now" : "Next")}: {FreezeWords.Span(Next)} (UTC).",
    };

    private async Task EndAsync()
    {
        var request = new ConfirmRequest($"End {Of.Name} now?", $"End {Of.Name}") { Text = "Flips that it holds then count as missed, each by its own rule, and automatic ones may go on with the next reading of the gates. Nothing more of it comes." };
        if (await Dialogs.ConfirmAsync(request) is not null) await ThenAsync(await Change.EndAsync(Of.Instance, Of.Id, (await SignedIn).User.Actor(), CancellationToken.None));
    }

    private async Task RemoveAsync()
    {
        var request = new ConfirmRequest($"Remove {Of.Name}?", $"Remove {Of.Name}") { Text = "Neither this nor any later time of it is frozen any more.", Danger = true };
        if (await Dialogs.ConfirmAsync(request) is not null) await ThenAsync(await Change.RemoveAsync(Of.Instance, Of.Id, (await SignedIn).User.Actor(), CancellationToken.None));
    }

    private async Task ThenAsync<T>(Outcome<T> outcome)
    {
        refused = outcome.Match<string?>(_ => null, no => string.Join(' ', no.Reasons));
        await OnChanged();
    }
}
