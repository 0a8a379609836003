using System.Globalization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Projects in rows; a row folds out the refs, pipeline sources and tags that its jobs on docker come from.</summary>
public sealed partial class StragglerTable
{
    private const int Most = 30;

    [Parameter, EditorRequired]
    public required IReadOnlyList<Straggler> Items { get; set; }

    [Parameter, EditorRequired]
    public required Stragglers All { get; set; }

    [Parameter, EditorRequired]
    public required ILookup<ProjectId, StragglerPlace> Places { get; set; }

    /// <summary>Ids of the rows that are folded out.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<string> Open { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<string> OnToggle { get; set; }

    private static string Id(Straggler one) => one.Project.Number.ToString(CultureInfo.InvariantCulture);

    private static string Name(Straggler one) => one.Path ?? $"project {Id(one)}";

    private static string RefWord(string name) => name.Length == 0 ? "ref not known" : name == StragglerPlace.MergeRequests ? "merge requests" : name;

    private static double Share(Straggler one) => (double)one.OnDocker / one.Finished;

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);

    private string JobsHref(Straggler one) => JobLinks.Of(one.Project, executor: "docker", window: All.Basis);
}
