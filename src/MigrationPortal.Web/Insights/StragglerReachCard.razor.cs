using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>By kind of ref and by pipeline source: a fix on the default branch reaches neither other branches nor their schedules.</summary>
public sealed partial class StragglerReachCard
{
    [Parameter, EditorRequired]
    public required Stragglers All { get; set; }

    private (string Word, long Jobs)[] Refs =>
    [
        ("default branch", All.Items.Sum(one => one.OnDefaultBranch)),
        ("merge requests", All.Items.Sum(one => one.OnMergeRequests)),
        ("other branches and tags", All.Items.Sum(one => one.OnOtherRefs)),
    ];

    private string Finding
    {
        get
        {
            var beyond = All.Items.Count(one => one.OnOtherRefs == one.OnDocker);
            return beyond == 0
                ? "A fix on the default branch reaches some jobs of each of these projects."
                : $"{Words.Count(beyond)} of {Words.Count(All.Items.Count, "project")} {(beyond == 1 ? "is" : "are")} on docker only from branches and tags that a fix on the default branch does not reach.";
        }
    }
}
