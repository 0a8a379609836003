using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Phases;

namespace MigrationPortal.Web.Phases;

/// <summary>One phase: what it desires of both sides, and a button for each of its steps.</summary>
public sealed partial class PhaseCard
{
    private bool isScheduling;
    private int chosen;
    private (string Kubernetes, string Legacy, string For) says;

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
    public required EventCallback<(PlanTarget Target, ScheduleWish Wish)> OnSchedule { get; set; }

    private bool IsCurrent => State.Current?.Phase == Phase;

    private bool IsDone => State.Current?.Phase > Phase;

    protected override void OnParametersSet() => says = PhaseWords.Of(Phase, Settings);

    private void Schedule()
    {
        isScheduling = !isScheduling;
        chosen = Math.Max(0, NextStep.StepsOf(Phase).ToList().FindIndex(step => step == NextStep.Of(State.Current)));
    }

    private Task ScheduleAsync(ScheduleWish wish)
    {
        isScheduling = false;
        return OnSchedule.InvokeAsync((NextStep.StepsOf(Phase)[chosen], wish));
    }
}
