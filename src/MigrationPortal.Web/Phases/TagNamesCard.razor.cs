using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Phases;

/// <summary>The two tags of the migration.</summary>
public sealed partial class TagNamesCard
{
    private string? fallback;
    private string? refused;
    private long shownVersion = -1;

    [Inject]
    private SetFallbackTag Set { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required MigrationSettings Settings { get; set; }

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnChanged { get; set; }

    protected override void OnParametersSet()
    {
        if (shownVersion == Settings.Version) return;
        (fallback, shownVersion) = (Settings.FallbackTag, Settings.Version);
    }

    private async Task SaveAsync()
    {
        var outcome = await Set.RunAsync(Instance, fallback!.Trim(), (await SignedIn).User.Actor(), CancellationToken.None);
        refused = outcome.Match<string?>(_ => null, refusal => string.Join(' ', refusal.Reasons));
        await OnChanged();
    }
}
