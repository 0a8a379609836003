using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>Where the jobs of a source go when a plan is applied. The classes behind it are the page's table below.</summary>
public sealed partial class BlastRadiusFlow
{
    private readonly string id = "flow-" + Guid.NewGuid().ToString("N")[..8];
    private FlowLayout drawn = null!;

    /// <summary>"docker today".</summary>
    [Parameter, EditorRequired]
    public required string Source { get; set; }

    [Parameter, EditorRequired]
    public required double SourceJobsADay { get; set; }

    [Parameter, EditorRequired]
    public required int SourceProjects { get; set; }

    /// <summary>The token of the source's colour: <c>docker</c> or <c>k8s</c>.</summary>
    [Parameter]
    public string SourceToken { get; set; } = "docker";

    /// <summary>Moves, stays, predicted to fail, no runner: always all four, also at 0, in this order.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<FlowTarget> Targets { get; set; }

    private string Unit => string.Create(CultureInfo.InvariantCulture, $"scale({1 / FlowLayout.Width} {1 / drawn.Height})");

    private string Spoken => $"{Source}, {Words.Count((long)Math.Round(SourceJobsADay))} jobs a day: "
        + string.Join(", ", Targets.Select(target => $"{target.Name} {Words.Count((long)Math.Round(target.JobsADay))} in {Words.Count(target.Projects, "project")}"));

    protected override void OnParametersSet() => drawn = FlowLayout.Of(Targets);

    private static string Svg(double number) => LinearScale.Svg(number);
}
