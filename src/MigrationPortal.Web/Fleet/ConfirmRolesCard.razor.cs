using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Fleet;

/// <summary>The first-run question: are the proposed roles right?</summary>
public sealed partial class ConfirmRolesCard
{
    private bool isBusy;

    [Inject]
    private ConfirmRoles Confirm { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required IReadOnlyList<RunnerLine> Runners { get; set; }

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnConfirmed { get; set; }

    private string? Refused { get; set; }

    private async Task ConfirmAsync()
    {
        isBusy = true;
        var who = (await SignedIn).User.Actor();
        var outcome = await Confirm.RunAsync(Instance, who, CancellationToken.None);
        Refused = outcome.Match<string?>(_ => null, refusal => string.Join(' ', refusal.Reasons));
        isBusy = false;
        await OnConfirmed();
    }
}
