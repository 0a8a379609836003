using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Phases;

/// <summary>Flips that wait for their time.</summary>
public sealed partial class ScheduleCard
{
    [Inject]
    private ScheduleFlip Flip { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    [Parameter, EditorRequired]
    public required IReadOnlyList<ScheduledFlip> Flips { get; set; }

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    [Parameter, EditorRequired]
    public required Func<Task> OnChanged { get; set; }

    private static string Missed(ScheduledFlip flip) => $"{(flip.HeldUntil is null ? $"Not begun within {RunDueFlips.OnTime.TotalMinutes:0} minutes" : "Not begun")}: {flip.MissedWhy} Run it now, or remove it.";

    private async Task RunNowAsync(long id)
    {
        await Flip.RunNowAsync(Instance, id, (await SignedIn).User.Actor(), null, CancellationToken.None);
        await OnChanged();
    }

    private async Task RemoveAsync(long id)
    {
        await Flip.RemoveAsync(Instance, id, (await SignedIn).User.Actor(), null, CancellationToken.None);
        await OnChanged();
    }
}
