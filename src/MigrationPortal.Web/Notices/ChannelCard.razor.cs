using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;

namespace MigrationPortal.Web.Notices;

/// <summary>One channel: what it gets, how it fares, and the button that tries it.</summary>
public sealed partial class ChannelCard
{
    private SendAnswer? tested;
    private string? refused;
    private bool isBusy;

    [Inject]
    private TestChannel Test { get; set; } = null!;

    [Inject]
    private ChangeChannel Change { get; set; } = null!;

    [Inject]
    private INoticeSender Sender { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required NoticeChannel Of { get; set; }

    /// <summary>Null as long as nothing was sent.</summary>
    [Parameter]
    public ChannelUse? Use { get; set; }

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnChanged { get; set; }

    private string Fares
    {
        get
        {
            var last = Use?.LastDeliveredAt is { } at ? $"Last delivered {Words.Ago(at, Time.GetUtcNow())}" : "Nothing delivered yet";
            return $"{last}; {Words.Count(Use?.Waiting ?? 0)} waiting, {Words.Count(Use?.GivenUp ?? 0)} given up in the last 24 hours.";
        }
    }

    private async Task TestAsync()
    {
        (isBusy, tested, refused) = (true, null, null);
        try
        {
            var outcome = await Test.RunAsync(Of.Id, Instance, (await SignedIn).User.Actor(), CancellationToken.None);
            (tested, refused) = outcome.Match<(SendAnswer?, string?)>(answer => (answer, null), no => (null, string.Join(' ', no.Reasons)));
        }
        finally
        {
            isBusy = false;
        }
    }

    private async Task RemoveAsync()
    {
        var request = new ConfirmRequest($"Remove the channel {Of.Name}?", $"Remove {Of.Name}")
        {
            Text = $"Nothing is sent to {Of.Place} any more. {Words.Count(Use?.Waiting ?? 0, "message that waits", "messages that wait")} for it will not arrive.",
            Danger = true,
        };
        if (await Dialogs.ConfirmAsync(request) is null) return;
        refused = (await Change.RemoveAsync(Of.Id, (await SignedIn).User.Actor(), CancellationToken.None)).Match<string?>(_ => null, no => string.Join(' ', no.Reasons));
        await OnChanged();
    }
}
