using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Web.Readiness;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>One project of a maintainer, in the words of somebody who never asked for this.</summary>
public sealed partial class ProjectCard
{
    private const int MostFindings = 4;

    /// <summary>What "more time" is, unless an administrator grants more.</summary>
    private static readonly TimeSpan MoreTime = TimeSpan.FromDays(45);

    [Parameter, EditorRequired]
    public required MyProject Mine { get; set; }

    [Parameter, EditorRequired]
    public required MigrationWay Way { get; set; }

    /// <summary>Something is being done: no second click.</summary>
    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public DateTimeOffset Now { get; set; }

    [Parameter]
    public EventCallback OnTry { get; set; }

    /// <summary>With the end of more time; null: none.</summary>
    [Parameter]
    public EventCallback<DateTimeOffset?> OnStay { get; set; }

    [Parameter]
    public EventCallback OnBack { get; set; }

    [Parameter]
    public EventCallback<bool> OnAnswer { get; set; }

    [Parameter]
    public EventCallback OnLook { get; set; }

    /// <summary>What failed lately, below everything that the card says by itself.</summary>
    [Parameter]
    public RenderFragment? Lately { get; set; }

    /// <summary>What else can be done, at the end of the buttons.</summary>
    [Parameter]
    public RenderFragment? Aside { get; set; }

    private string? TroubleNote => Mine.Trouble.Count == 0 ? null : $"{string.Join(", ", Mine.Trouble.Take(3))}{(Mine.Trouble.Count > 3 ? " and others" : "")} {(Mine.Trouble.Count == 1 ? "is" : "are")} not yet";

    private IReadOnlyList<ToldFinding> Findings => Mine.IsPinned || Mine.Scan is not { } scan ? [] :
    [
        .. JobFindings.Of(scan.Findings.Where(finding => finding is { Severity: Severity.Blocks, Job: not null } && Mine.Trouble.Contains(finding.Job)), Mine.Acknowledged).SelectMany(job => job.Serious).Take(MostFindings),
    ];

    private string? Failures => Mine.Runs is not { Kubernetes.Finished: > 0 } runs ? null
        : $"on Kubernetes {runs.Kubernetes.Failed} of {Words.Count(runs.Kubernetes.Finished)} ({Words.Percent(runs.Kubernetes.Value ?? 0)})"
            + (runs.Docker.Finished > 0 ? $", on docker {runs.Docker.Failed} of {Words.Count(runs.Docker.Finished)} ({Words.Percent(runs.Docker.Value ?? 0)})" : "");

    private string? StateWords => Mine.IsCarried ? "It moved together with others, by its group's variable. Its owner can take all of them back; this project alone can stay on docker." : Mine.Enrollment switch
    {
        { State: EnrollmentState.Moving } when Mine.IsCutOff => "A change was begun and did not come to its end. Go on with it, or take it back.",
        { State: EnrollmentState.Returning } when Mine.IsCutOff => "Taking the change back was begun and did not come to its end. Click again to go on.",
        { State: EnrollmentState.Moved, Target: EnrollmentTarget.Kubernetes, Way: EnrollmentWay.ProjectRunner } => "It has a Kubernetes runner of its own now. The next jobs show whether they run there.",
        { State: EnrollmentState.Moved, Target: EnrollmentTarget.Kubernetes } => "It asks for Kubernetes now. The next jobs show whether they run there.",
        { State: EnrollmentState.Verified, Target: EnrollmentTarget.Kubernetes } => "It runs on Kubernetes by your own choice.",
        { State: EnrollmentState.Moved or EnrollmentState.Verified, Target: EnrollmentTarget.Docker, Until: { } until } => $"It stays on docker until {until:d MMM yyyy}.",
        { State: EnrollmentState.Moved or EnrollmentState.Verified, Target: EnrollmentTarget.Docker } => "It stays on docker.",
        { State: EnrollmentState.Waitlisted } => "You said yes. Its turn comes a little later, so that projects that moved can be compared with those that wait.",
        { State: EnrollmentState.Refused, Reason: { } reason } => $"The last change did not come about: {reason}.",
        _ => null,
    };

    private string? WhyNot => Mine.Move?.Ways.FirstOrDefault(way => !way.IsOffered)?.Why;
}
