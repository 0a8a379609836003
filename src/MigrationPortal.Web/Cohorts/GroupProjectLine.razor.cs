using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Groups;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>One project of a group: where its jobs ran last, what of it is ready, and by whom it was moved.</summary>
public sealed partial class GroupProjectLine
{
    [Parameter, EditorRequired]
    public required GroupProjectLook One { get; set; }

    private bool IsPinned => One.Enrollment is { Target: EnrollmentTarget.Docker, State: EnrollmentState.Moved or EnrollmentState.Verified };

    private VerdictKind Kind => IsPinned ? VerdictKind.Wait : One.Scan is null || One.LastRun is null ? VerdictKind.Unknown : One.Blocked > 0 ? VerdictKind.Attention : VerdictKind.Pass;

    private string Word => IsPinned ? "stays on docker"
        : One.Scan is null ? "not looked at"
        : One.LastRun is null ? "no job seen"
        : One.RunsOnKubernetes ? "on Kubernetes"
        : One.Blocked > 0 ? $"{Words.Count(One.Blocked, "job")} to fix"
        : "ready";

    private string Said => string.Join(", ", new[] { Ready, Ran, Place }.OfType<string>());

    private string Ready => One.Scan switch
    {
        null => "its CI file was not looked at yet",
        { State: ScanState.Read } => $"{One.Ready} of {Words.Count(One.Jobs, "job")} ready",
        { State: ScanState.NoFile } => "no CI file",
        _ => "its CI file could not be read",
    };

    private string? Ran => One.Runs is not { All: > 0 } runs ? null : $"{Words.Share(runs.Share(runs.Kubernetes))} of {Words.Count(runs.All)} jobs in 7 days on Kubernetes";

    private string? Place => One.Enrollment switch
    {
        { Kind: EnrollmentKind.Carried, State: EnrollmentState.Moved or EnrollmentState.Verified, Target: EnrollmentTarget.Kubernetes } => "carried along by its group",
        { State: EnrollmentState.Waitlisted } => "waits for its turn",
        { State: EnrollmentState.Invited } => "invited",
        { State: EnrollmentState.Moving } => "on its way by itself",
        { State: EnrollmentState.Moved or EnrollmentState.Verified, Target: EnrollmentTarget.Kubernetes } => "moved by itself",
        _ => null,
    };
}
