using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>One phase: what it desires of both sides, and a button for each of its steps.</summary>
public sealed partial class PhaseCard
{
    private bool isScheduling;
    private int chosen;
    private DateTime due;
    private string reason = "";
    private (string Kubernetes, string Legacy, string For) says;

    [Inject]
    private IWorldClock Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public required Phase Phase { get; set; }

    [Parameter, EditorRequired]
    public required PhaseState State { get; set; }

    [Parameter, EditorRequired]
    public required MigrationSettings Settings { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<PlanTarget> OnPlan { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<(PlanTarget Target, DateTimeOffset DueAt, string Reason)> OnSchedule { get; set; }

    private bool IsCurrent => State.Current?.Phase == Phase;

    private bool IsDone => State.Current?.Phase > Phase;

    protected override void OnParametersSet()
    {
        says = PhaseWords.Of(Phase, Settings);
        if (due == default) due = Clock.Now(State.Instance).UtcDateTime.Date.AddDays(1).AddHours(9);
    }

    private async Task ScheduleAsync()
    {
        isScheduling = false;
        await OnSchedule.InvokeAsync((NextStep.StepsOf(Phase)[chosen], new DateTimeOffset(DateTime.SpecifyKind(due, DateTimeKind.Utc)), reason));
        reason = "";
    }
}
