using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Who would be asked by which rung and why, and what becomes of each ref.</summary>
public sealed partial class CampaignPreviewPart
{
    [Parameter, EditorRequired]
    public required CampaignPreview Preview { get; set; }

    private string Headline =>
        $"{Words.Count(Preview.Choice.Chosen.Count, "project")}: {Words.Count(Preview.People.Count, "person", "people")} would have a mail, and {Words.Count(Preview.Requests, "merge request")} would be opened{(Preview.Choice.Chosen.Count > Preview.Looked.Count ? ", as far as looked" : "")}.";

    private static string Who(PreviewedProject one) => one.Ladder is not { } ladder ? ""
        : ladder.Steps is [{ People.Count: var count }, ..] ? $"{Words.Count(count, "person", "people")}: {StragglerWords.Why(ladder.First)}" : Words.Sentence(StragglerWords.Why(LadderRung.Administrators));

    private static string Fix(PreviewedRef at) => at switch
    {
        { Finding: BranchFinding.Fixable { Change.Jobs.Count: var jobs, Staying: [] } } => $"a merge request for {Words.Count(jobs, "job")}",
        { Finding: BranchFinding.Fixable { Change.Jobs.Count: var jobs, Staying: var staying } } => $"a merge request for {Words.Count(jobs, "job")}; {string.Join(", ", staying.Select(job => job.Name))} {(staying.Count == 1 ? "stays" : "stay")}: {staying[0].Why}",
        { Finding: BranchFinding.Right } => "its file is right already",
        { State: BranchState.Declined } => $"nothing: {at.Why}",
        { State: BranchState.Open or BranchState.Opening } => $"its merge request is open: {at.Why}",
        _ => $"no merge request: {at.Why}",
    };
}
