using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>When something shall happen by itself, why then, and what if it cannot.</summary>
public sealed partial class ScheduleForm
{
    private DateTime due;
    private string reason = "";
    private MissedRule missed = MissedRule.Ask;

    [Inject]
    private IWorldClock Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public required InstanceId Instance { get; set; }

    /// <summary>Verb and object, such as <c>Schedule the flip</c>.</summary>
    [Parameter, EditorRequired]
    public required string Button { get; set; }

    /// <summary>What is scheduled, where there is a choice.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<ScheduleWish> OnSchedule { get; set; }

    protected override void OnParametersSet()
    {
        if (due == default) due = Clock.Now(Instance).UtcDateTime.Date.AddDays(1).AddHours(9);
    }

    private async Task SubmitAsync()
    {
        await OnSchedule.InvokeAsync(new ScheduleWish(new DateTimeOffset(DateTime.SpecifyKind(due, DateTimeKind.Utc)), reason, missed));
        reason = "";
    }
}

/// <param name="DueAt">The instance's time.</param>
public sealed record ScheduleWish(DateTimeOffset DueAt, string Reason, MissedRule Missed);
