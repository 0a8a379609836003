using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Jobs;

namespace MigrationPortal.Web.Jobs;

/// <summary>Single jobs, each leading out to GitLab.</summary>
public sealed partial class JobTable
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<JobRow> Jobs { get; set; }

    [Parameter, EditorRequired]
    public required string GitLabUrl { get; set; }

    /// <summary>The last column says since when a pending job waits.</summary>
    [Parameter]
    public bool ShowWaiting { get; set; }

    /// <summary>Descriptions by number; a column of its own where they are given.</summary>
    [Parameter]
    public IReadOnlyDictionary<long, string>? Runners { get; set; }

    // On a phone below the job's name, so that its state is in sight.
    private static string Project(JobRow job) => job.ProjectPath ?? $"project {job.Project.Number}";

    private string? JobHref(JobRow job) => GitLabJob.Href(GitLabUrl, job);

    private string RunnerName(long runner) => Runners!.GetValueOrDefault(runner) ?? $"runner {runner}";
}
