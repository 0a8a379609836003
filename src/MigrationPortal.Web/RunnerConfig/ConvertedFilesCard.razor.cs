using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig.Conversion;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>What became of each of many files, and what none of them can say on Kubernetes.</summary>
public sealed partial class ConvertedFilesCard
{
    private const int Step = 50;

    private const int MostKeys = 40;

    private int shown = Step;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ConvertedFiles Converted { get; set; }

    /// <summary>The name of the file that is seen below.</summary>
    [Parameter]
    public string? Open { get; set; }
}
