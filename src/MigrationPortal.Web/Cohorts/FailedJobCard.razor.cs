using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts.Failures;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Web.Cohorts;

/// <summary>One failed job: the runner or the code, why, and what to do.</summary>
public sealed partial class FailedJobCard
{
    [Parameter, EditorRequired]
    public required FailedJob Failed { get; set; }

    [Parameter, EditorRequired]
    public required string GitLabUrl { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Why the last click did not help; null when it did.</summary>
    [Parameter]
    public string? Said { get; set; }

    [Parameter]
    public EventCallback OnExplain { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private JobRow Job => Failed.Job;

    private static string? Without(LogState log) => log switch
    {
        LogState.Read => null,
        LogState.Empty => "Its log is erased or was never written: this is what GitLab's own word says.",
        LogState.Missing => "GitLab no longer shows the job: this is what its last word says.",
        _ => "Its log is too long to be read to its end: this is what GitLab's own word says.",
    };
}
