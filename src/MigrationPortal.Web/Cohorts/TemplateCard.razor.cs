using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Templates;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>One shared CI file: who hangs on it, what a change of its tags would do to them, and its one merge request.</summary>
public sealed partial class TemplateCard
{
    private const int MostReasons = 5;
    private const int MostJobs = 30;

    [Parameter, EditorRequired]
    public required TemplateLook Look { get; set; }

    [Parameter]
    public TemplatePlan? Preview { get; set; }

    /// <summary>An administrator asks the owner, by the portal's own hand.</summary>
    [Parameter]
    public bool ByPortal { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Why nothing can be moved in this phase; null: it can.</summary>
    [Parameter]
    public string? NotYet { get; set; }

    [Parameter]
    public EventCallback OnPreview { get; set; }

    [Parameter]
    public EventCallback<TemplatePlan> OnMove { get; set; }

    [Parameter]
    public EventCallback OnBack { get; set; }

    private int Fixed => Look.Uses.Count - Look.Of.Reached.Count();

    private IReadOnlyList<TemplateJobView> Jobs => Preview is null ? [] : TemplateJobView.Of(Preview);

    private string Headline => $"{(ByPortal ? "It" : "Your template")} is used by {Words.Count(Look.Uses.Count, "project")} with {Words.Count((long)Math.Round(Look.JobsPerDay), "job")} a day.";

    private VerdictKind Kind => Look.Move?.State switch { SharedMoveState.Moved => VerdictKind.Pass, null => VerdictKind.Unknown, _ => VerdictKind.Wait };

    private string Word => Look.Move?.State switch { SharedMoveState.Moved => "moved to Kubernetes", SharedMoveState.Moving => "waits for a merge", SharedMoveState.Returning => "on its way back", _ => "not moved" };

    private static string PlanHeadline(TemplatePlan plan) => plan.IsOffered
        ? $"{Words.Count(plan.Moving, "job")} of {Words.Count(plan.Led.Count(), "project")} would run on Kubernetes."
        : "Nothing can be moved by this file at the moment.";

    private static string WordOf(TemplateJobKind kind) => kind switch { TemplateJobKind.Moves => "would move", TemplateJobKind.There => "there already", _ => "stays" };

    private static VerdictKind KindOf(TemplateJobKind kind) => kind == TemplateJobKind.Stays ? VerdictKind.Wait : VerdictKind.Pass;
}
