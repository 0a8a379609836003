using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts.Groups;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Everything that a group's variable touches, counts first, then job by job, folded per project.</summary>
public sealed partial class GroupPreviewList
{
    private const int MostInTheWay = 8;

    [Parameter, EditorRequired]
    public required GroupMovePlan Plan { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Why nobody can move a group in this phase; null: they can.</summary>
    [Parameter]
    public string? NotYet { get; set; }

    [Parameter]
    public bool IsMoved { get; set; }

    [Parameter]
    public EventCallback OnMove { get; set; }

    [Parameter]
    public EventCallback<IReadOnlyList<(ProjectId Project, string FullPath)>> OnPin { get; set; }

    private int Untouched => Plan.Projects.Count(one => one.Jobs.All(job => job.Kind == GroupJobKind.Untouched));

    private IReadOnlyList<(ProjectId Project, string FullPath)> Pins => [.. Plan.InTheWay.Where(one => one.CanPin).Select(one => (one.Project, one.FullPath)).Distinct()];

    private string Headline => Plan.InTheWay.Count > 0 ? $"{Words.Count(Plan.InTheWay.Count, "thing")} {(Plan.InTheWay.Count == 1 ? "is" : "are")} in the way."
        : IsMoved && Plan.Moving == 0 ? "The group has moved."
        : Plan.Moving == 0 ? "No job would move."
        : $"{Words.Count(Plan.Moving, "job")} of {Words.Count(Plan.Projects.Count(one => one.Jobs.Any(job => job.Kind == GroupJobKind.Moves)), "project")} would run on Kubernetes.";

    private string Rest
    {
        get
        {
            var jobs = Plan.Projects.SelectMany(one => one.Jobs).ToLookup(job => job.Kind);
            return string.Join(" ", new[]
            {
                Plan.InTheWay.Count > 0 && Plan.Moving > 0 ? $"{Words.Count(Plan.Moving, "job")} would move." : null,
                Said(jobs[GroupJobKind.There].Count(), "asks for it already", "ask for it already"),
                Said(jobs[GroupJobKind.Shadowed].Count(), "has a nearer variable and stays", "have a nearer variable and stay"),
                Said(jobs[GroupJobKind.Untouched].Count(), "is not touched", "are not touched"),
            }.OfType<string>());
        }
    }

    private static string? Said(int count, string one, string many) => count == 0 ? null : $"{Words.Count(count, "job")} {(count == 1 ? one : many)}.";

    private static string Sum(GroupProject one) =>
        string.Join(", ", one.Jobs.GroupBy(job => job.Kind).OrderBy(kind => kind.Key).Select(kind => $"{kind.Count()} {WordOf(kind.Key)}")) + (one.Own is { } own ? $"; it has its own place: {own.ToString().ToLowerInvariant()}" : "");

    private static string WordOf(GroupJobKind kind) => kind switch
    {
        GroupJobKind.Blocked => "would fail",
        GroupJobKind.Stuck => "would be stuck",
        GroupJobKind.Moves => "would move",
        GroupJobKind.There => "there already",
        GroupJobKind.Shadowed => "nearer variable wins",
        _ => "not touched",
    };

    private static VerdictKind KindOf(GroupJobKind kind) => kind switch
    {
        GroupJobKind.Blocked or GroupJobKind.Stuck => VerdictKind.Fail,
        GroupJobKind.Moves or GroupJobKind.There => VerdictKind.Pass,
        _ => VerdictKind.Wait,
    };
}
