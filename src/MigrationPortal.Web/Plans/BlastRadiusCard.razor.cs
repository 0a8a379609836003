using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

/// <summary>What a plan does to the job classes of the last days: the flow, and the classes behind it, worst first.</summary>
public sealed partial class BlastRadiusCard
{
    private const int Few = 12;

    private bool showAll;

    [Parameter, EditorRequired]
    public required BlastRadius Radius { get; set; }

    /// <summary>Paths of the projects, where they are known.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyDictionary<ProjectId, string> Paths { get; set; }

    private string Basis => $"basis {Words.Day(Radius.Basis.From)} to {Words.Day(Radius.Basis.To)}, {Words.Count(Radius.Jobs, "job")}, "
        + (Radius.SampledFraction >= 0.9995 ? "tags known of all" : $"tags known of {Words.Percent(Radius.SampledFraction)}");

    private IEnumerable<ClassEffect> Shown => showAll ? Radius.Classes : Radius.Classes.Take(Few);

    private string Name(ProjectId project) => Paths.GetValueOrDefault(project) ?? $"project {project.Number}";
}
