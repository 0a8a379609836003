using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts;
using MigrationPortal.Domain.Cohorts.Groups;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>One group of an owner: counts first, then what leads its jobs, its runners, the preview of a move, and its projects, those with jobs to mend first.</summary>
public sealed partial class GroupCard
{
    private const int MostRunners = 5;
    private const int Step = 20;

    private int most = 8;

    [Parameter, EditorRequired]
    public required GroupLook Look { get; set; }

    /// <summary>Owned groups below it.</summary>
    [Parameter]
    public IReadOnlyList<KnownGroup> Below { get; set; } = [];

    /// <summary>Part of a project's path; null: all.</summary>
    [Parameter]
    public string? Search { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Why nobody can move a group in this phase; null: they can.</summary>
    [Parameter]
    public string? NotYet { get; set; }

    /// <summary>Whose preview is open; null: none.</summary>
    [Parameter]
    public string? Variable { get; set; }

    [Parameter]
    public GroupPreview? Preview { get; set; }

    /// <summary>Why there is no preview.</summary>
    [Parameter]
    public string? PreviewFault { get; set; }

    /// <summary>Null closes it.</summary>
    [Parameter]
    public EventCallback<string?> OnPreview { get; set; }

    [Parameter]
    public EventCallback<GroupMovePlan> OnMove { get; set; }

    [Parameter]
    public EventCallback<GroupMove> OnBack { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<(ProjectId Project, string FullPath)>> OnPin { get; set; }

    private IReadOnlyList<GroupProjectLook> Found =>
        [.. Look.Projects.Where(one => Search is not { Length: > 0 } words || one.FullPath.Contains(words, StringComparison.OrdinalIgnoreCase)).OrderByDescending(one => one.Blocked > 0)];

    private IReadOnlyList<GroupProjectLook> Shown => [.. Found.Take(most)];

    private int Hidden => Found.Count - Shown.Count;

    private bool AllOnKubernetes => Look.Projects.Count > 0 && Look.OnKubernetes == Look.Projects.Count;

    private string MovedWord => Look.Moves.Any(move => move.State == SharedMoveState.Returning) ? "on its way back" : Look.Moves.Any(move => move.State == SharedMoveState.Moving) ? "moving" : "moved to Kubernetes";

    private string Verified(GroupMove move) =>
        $"{Look.Projects.Count(one => move.Projects.Contains(one.Project.Number) && one.Enrollment is { Kind: EnrollmentKind.Carried, State: EnrollmentState.Verified })} of {move.Projects.Count}";

    private static string? ExecutorOf(FleetRunner runner) => runner.Observed.Managers is [var first, ..] ? first.Executor.Name : null;
}
