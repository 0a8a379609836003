using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>The draft in sections: typed where people work daily, the rest as TOML, and the whole text.</summary>
public sealed partial class ConfigEditPart
{
    private ConfigTextPart? text;

    [Parameter, EditorRequired]
    public required ConfigDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnChanged { get; set; }

    /// <summary>Takes over what stands in an open text field.</summary>
    public Task TakeTextAsync() => text?.TakeAsync() ?? Task.CompletedTask;
}
