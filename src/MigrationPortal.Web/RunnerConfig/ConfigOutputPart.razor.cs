using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>A configuration in one of its forms, file by file, to copy or to download.</summary>
public sealed partial class ConfigOutputPart
{
    private Rendered? rendered;
    private IReadOnlyList<string>? refused;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required RunnerConfiguration Content { get; set; }

    [Parameter, EditorRequired]
    public required string Name { get; set; }

    // What it is deployed by comes first.
    private RenderForm Form => RunnerConfigWords.Forms.Where(one => one.Item1 == Url["form"]).Select(one => (RenderForm?)one.Item2).FirstOrDefault() ?? Content.Kind switch
    {
        DeploymentKind.Helm => RenderForm.Helm,
        DeploymentKind.Operator => RenderForm.Operator,
        DeploymentKind.Manifests => RenderForm.Manifests,
        _ => RenderForm.Toml,
    };

    private IReadOnlyList<TabLink> Choices => [.. RunnerConfigWords.Forms.Select(one => new TabLink(RunnerConfigLook.Title(one.Item2), Url.With("form", one.Item1), one.Item2 == Form))];

    protected override void OnParametersSet() =>
        (rendered, refused) = RenderConfiguration.Run(Content, Form).Match<(Rendered?, IReadOnlyList<string>?)>(done => (done, null), no => (null, no.Reasons));

    private static string Address(string text) => $"data:text/plain;charset=utf-8,{Uri.EscapeDataString(text)}";
}
