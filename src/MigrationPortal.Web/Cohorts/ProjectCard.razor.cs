using System.Globalization;
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

    [Parameter, EditorRequired]
    public required MyProject Mine { get; set; }

    [Parameter, EditorRequired]
    public required MigrationWay Way { get; set; }

    /// <summary>Something is being done: no second click.</summary>
    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback OnTry { get; set; }

    /// <summary>True: until a day that is asked then; false: without an end.</summary>
    [Parameter]
    public EventCallback<bool> OnStay { get; set; }

    [Parameter]
    public EventCallback OnBack { get; set; }

    [Parameter]
    public EventCallback<bool> OnAnswer { get; set; }

    [Parameter]
    public EventCallback OnLook { get; set; }

    /// <summary>Chooses it together with others.</summary>
    [Parameter]
    public RenderFragment? Pick { get; set; }

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
        { State: EnrollmentState.Moving, Target: EnrollmentTarget.Docker } pin when Mine.RequestAddress is not null => $"Once you merge, it stays on docker{Until(pin)}. Until then it moves like the others.",
        { State: EnrollmentState.Moved, Target: EnrollmentTarget.Docker } pin => $"It asks for docker{Until(pin)}. The next jobs show whether they run there: only then it is held back.",
        { State: EnrollmentState.Verified, Target: EnrollmentTarget.Docker } pin => $"It stays on docker{Until(pin)}{(pin.Reason is { } shown ? $": {shown}" : "")}.{(pin.Until is null ? "" : " Then the change is taken out. More time is to be had from the people who run your GitLab.")}",
        { State: EnrollmentState.Waitlisted } => $"You said yes. Its turn comes {(Mine.TurnComes is { } turn ? string.Create(CultureInfo.InvariantCulture, $"on {turn.UtcDateTime:d MMM yyyy}") : "later")}, so that projects that moved can be compared with those that wait.",
        { State: EnrollmentState.Refused, Reason: { } reason } => $"The last change did not come about: {reason}.",
        _ => null,
    };

    private string? WhyNot => Mine.Move?.Ways.FirstOrDefault(way => !way.IsOffered)?.Why;

    private static string Until(Enrollment pin) => pin.Until is { } until ? string.Create(CultureInfo.InvariantCulture, $" until {until.UtcDateTime:d MMM yyyy}") : "";
}
