using System.Text;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig.Conversion;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>One conversion: before and after side by side, every key, the node pool, and what else to know.</summary>
public sealed partial class ConvertedFilePanel
{
    private string toml = "";

    [Inject]
    private Browser Browser { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ConvertedFile File { get; set; }

    /// <summary>The text as it was given; secrets are left out where it is shown.</summary>
    [Parameter, EditorRequired]
    public required string Source { get; set; }

    protected override void OnParametersSet() => toml = File.Result?.Document.Render() ?? "";

    private async Task SaveAsync() => await Browser.SaveAsync("config.toml", "application/toml", Encoding.UTF8.GetBytes(toml));
}
