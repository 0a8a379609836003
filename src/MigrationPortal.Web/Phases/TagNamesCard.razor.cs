using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Phases;

/// <summary>The two tags of the migration.</summary>
public sealed partial class TagNamesCard
{
    private string? optIn;
    private string? fallback;
    private string? refused;
    private long shownVersion = -1;

    [Inject]
    private SetOptInTag OptIn { get; set; } = null!;

    [Inject]
    private SetFallbackTag Fallback { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required MigrationSettings Settings { get; set; }

    /// <summary>From Opt-in on its tag stays as it was announced.</summary>
    [Parameter]
    public bool OptInReached { get; set; }

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnChanged { get; set; }

    private bool OptInChanged => !string.IsNullOrWhiteSpace(optIn) && optIn.Trim() != Settings.OptInTag;

    private bool FallbackChanged => !string.IsNullOrWhiteSpace(fallback) && fallback.Trim() != Settings.FallbackTag;

    protected override void OnParametersSet()
    {
        if (shownVersion == Settings.Version) return;
        (optIn, fallback, shownVersion) = (Settings.OptInTag, Settings.FallbackTag, Settings.Version);
    }

    private async Task SaveAsync()
    {
        var who = (await SignedIn).User.Actor();
        refused = OptInChanged ? Refused(await OptIn.RunAsync(Instance, optIn!.Trim(), who, CancellationToken.None)) : null;
        if (refused is null && FallbackChanged) refused = Refused(await Fallback.RunAsync(Instance, fallback!.Trim(), who, CancellationToken.None));
        await OnChanged();
    }

    private static string? Refused(Outcome<MigrationSettings> outcome) => outcome.Match<string?>(_ => null, refusal => string.Join(' ', refusal.Reasons));
}
