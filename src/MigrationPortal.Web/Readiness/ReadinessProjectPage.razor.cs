using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;
using MudBlazor;
using Severity = MigrationPortal.Domain.Readiness.Severity;

namespace MigrationPortal.Web.Readiness;

/// <summary>What was found in one project's CI file, job by job, and what people said about it.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class ReadinessProjectPage
{
    private const int MostJobs = 30;

    private ObservedProject? project;
    private ProjectScan? scan;
    private ScanJudgement judged = null!;
    private IReadOnlyList<Acknowledgement> acknowledged = [];
    private IReadOnlyList<JobFindings> found = [];
    private ActorNames names = ActorNames.None;
    private string? no;
    private bool isLooking;
    private bool allJobs;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private IProjectStore Projects { get; set; } = null!;

    [Inject]
    private IScanStore Scans { get; set; } = null!;

    [Inject]
    private ScanProjects Scan { get; set; } = null!;

    [Inject]
    private AcknowledgeFinding Acknowledge { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Readiness];

    private string Headline => (project, scan) switch
    {
        (null, _) => "Project",
        ({ } of, { State: ScanState.Read, Jobs.Count: > 0 } seen) => $"{Words.Count(judged.Ready)} of {Words.Count(seen.Jobs.Count, "job")} of {of.Access.FullPath} {(judged.Ready == 1 ? "is" : "are")} ready",
        ({ } of, _) => of.Access.FullPath,
    };

    // Whose finding is still there stands with it.
    private List<Acknowledgement> Gone => [.. acknowledged.Where(one => scan?.Findings.Any(finding => finding.Severity != Severity.Info && (finding.Rule, finding.Job) == (one.Rule, one.Job)) != true)];

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var id = new ProjectId(Instance, Id);
        project = await Projects.FindAsync(id, cancel);
        if (project is null) return;
        var (seen, said) = (await Scans.FindAsync(id, cancel), await Scans.AcknowledgedAsync([id], cancel));
        if (seen is not null) judged = ScanJudgement.Of(seen, said);
        (scan, acknowledged) = (seen, said);
        names = await People.OfAsync(acknowledged.Select(one => one.By), cancel);
        found = scan is null ? [] : JobFindings.Of(scan.Findings, acknowledged);
    }

    private async Task LookAgainAsync()
    {
        if (isLooking || project is not { DefaultBranch: { } branch } of) return;
        (isLooking, no) = (true, null);
        try
        {
            await Scan.RunAsync(new ScanSubject(of.Id, branch), CancellationToken.None);
            await ReadAgainAsync();
        }
        catch (GitLabUnavailableException unavailable)
        {
            no = $"{unavailable.Message} What was found before stands below.";
        }
        finally
        {
            isLooking = false;
        }
    }

    private async Task AcknowledgeAsync(Finding finding)
    {
        var confirmed = await Dialogs.ConfirmAsync(new ConfirmRequest($"Is {FindingLook.Name(finding.Rule)} of {finding.Job} all right?", $"Say that {finding.Rule} is all right")
        {
            Text = "The finding stays visible, and counts no more as a predicted failure. Say why the job will work all the same.",
            ReasonRequired = true,
        });
        if (confirmed is null) return;
        no = Said(await Acknowledge.RunAsync(project!.Id, finding.Rule, finding.Job!, confirmed.Reason, await ActorAsync(), CancellationToken.None));
        await ReadAgainAsync();
    }

    private async Task TakeBackAsync(Finding finding)
    {
        no = Said(await Acknowledge.TakeBackAsync(project!.Id, finding.Rule, finding.Job!, await ActorAsync(), CancellationToken.None));
        await ReadAgainAsync();
    }

    private async Task<Actor> ActorAsync() => (await SignedIn).User.Actor();

    private static string? Said<T>(Outcome<T> outcome) => outcome.Match<string?>(_ => null, refused => string.Join(' ', refused.Reasons));
}
