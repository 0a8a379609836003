using Microsoft.AspNetCore.Components;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Stands where a chart would be that the filter cannot narrow: nothing else is shown in its place.</summary>
public sealed partial class NotNarrowed
{
    [Inject]
    private UrlState Url { get; set; } = null!;

    /// <summary>The filter in the address.</summary>
    [Parameter, EditorRequired]
    public required string Word { get; set; }

    /// <summary>"Shares count every started job".</summary>
    [Parameter, EditorRequired]
    public required string What { get; set; }

    private string Title => Word is "managed" or "attempts" ? $"{What}, whoever's runner and whichever attempt" : $"{What}, and the filter \"{Word}\" is not of every job";

    private string Why => Word switch
    {
        "cluster" => "Which cluster ran a job is not recorded yet.",
        "managed" => "Failure rates can be narrowed to managed runners.",
        "attempts" => "Failure rates can be narrowed to first attempts.",
        _ => "Only failed jobs have a reason and a kind of failure; failure rates can be narrowed by them.",
    };
}
