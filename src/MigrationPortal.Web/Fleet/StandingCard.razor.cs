using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Fleet;

/// <summary>What an admin decides about one runner: its role, and whether the portal may change it.</summary>
public sealed partial class StandingCard
{
    private static readonly (RunnerRole? Role, bool Managed, string Word)[] Choices =
    [
        (RunnerRole.Legacy, true, "legacy, managed"),
        (RunnerRole.Kubernetes, true, "kubernetes, managed"),
        (null, false, "unmanaged: watched, never changed"),
    ];

    private bool isBusy;
    private string? refused;

    [Inject]
    private SetRole Set { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required FleetRunner Runner { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnChanged { get; set; }

    private string Explains => Runner.Standing switch
    {
        { Managed: true, RoleConfirmed: false } => $"Proposed from its executor: {Runner.Standing.Role?.ToString().ToLowerInvariant()}. Choosing confirms it.",
        { RoleConfirmed: true } => "Confirmed. Plans change managed runners only.",
        _ => "Nobody has decided. Plans change managed runners only.",
    };

    private async Task SetAsync(RunnerRole? role, bool managed)
    {
        isBusy = true;
        var who = (await SignedIn).User.Actor();
        var outcome = await Set.RunAsync(Runner.Id, role ?? Runner.Standing.Role, managed, who, null, CancellationToken.None);
        refused = outcome.Match<string?>(_ => null, refusal => string.Join(' ', refusal.Reasons));
        isBusy = false;
        await OnChanged();
    }
}
