using Microsoft.AspNetCore.Components;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>One project that asks nothing of its people.</summary>
public sealed partial class ProjectLine
{
    [Parameter, EditorRequired]
    public required MyProject Mine { get; set; }

    [Parameter]
    public EventCallback OnOpen { get; set; }

    /// <summary>Before its path.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private VerdictKind Kind => Mine.IsPinned ? VerdictKind.Wait : Mine.Scan is null || Mine.LastRun is null ? VerdictKind.Unknown : VerdictKind.Pass;

    private string Word => Mine.IsPinned ? "stays on docker" : Mine.Scan is null ? "not looked at" : Mine.LastRun is null ? "no job seen" : Mine.RunsOnKubernetes ? "on Kubernetes" : "ready";

    private string Said => Mine switch
    {
        { IsPinned: true, Enrollment.Until: { } until } => $"until {until:d MMM yyyy}",
        { Scan: { } scan, Judged: { } judged } => $"{judged.Ready} of {Words.Count(scan.Jobs.Count, "job")} ready",
        _ => "its CI file was not looked at yet",
    };
}
