using Microsoft.AspNetCore.Components;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>The draft in sections: typed where people work daily, the rest as TOML, and the whole text. All are views of the same tree.</summary>
public sealed partial class ConfigEditPart
{
    private ConfigTextPart? text;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ConfigDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnChanged { get; set; }

    private ConfigSection section => ConfigSection.All.FirstOrDefault(one => one.Key == Url["section"]) ?? ConfigSection.All[0];

    /// <summary>Takes over what stands in an open text field.</summary>
    public Task TakeTextAsync() => section.Key == "text" && text is not null ? text.TakeAsync() : Task.CompletedTask;

    private async Task ChangedAsync()
    {
        await OnChanged.InvokeAsync();
        StateHasChanged();
    }
}
