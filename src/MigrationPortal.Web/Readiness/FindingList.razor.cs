using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>Findings by job, the worst first; what is only good to know is folded.</summary>
public sealed partial class FindingList
{
    private const int Step = 20;

    private const int MostNotes = 50;

    private int shown = Step;

    [Parameter, EditorRequired]
    public required IReadOnlyList<JobFindings> Jobs { get; set; }

    /// <summary>What may be done about a predicted failure.</summary>
    [Parameter]
    public RenderFragment<ToldFinding>? Buttons { get; set; }

    [Parameter]
    public ActorNames Names { get; set; } = ActorNames.None;

    private List<JobFindings> Serious => [.. Jobs.Where(job => job.Serious.Count > 0 || job.Job is null)];

    private IEnumerable<JobFindings> ShownJobs => Serious.Take(shown);

    private List<JobFindings> OnlyNotes => [.. Jobs.Where(job => job.Serious.Count == 0 && job.Job is not null)];

    private static string Note(JobFindings job) => job.Serious.Count > 1 ? $"{job.Serious.Count} findings" : "";

    private static bool IsKnown(JobFindings job) => job.Serious.Count > 0 && job.Serious.All(one => one.Known is not null);

    private static VerdictKind Kind(JobFindings job) => IsKnown(job) ? VerdictKind.Pass : FindingLook.Kind(job.Worst);

    private static string Word(JobFindings job) => IsKnown(job) ? "known" : job.Job is null && job.Worst == Severity.Blocks ? "cannot be read" : FindingLook.Word(job.Worst);
}
