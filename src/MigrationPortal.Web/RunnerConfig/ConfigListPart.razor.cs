using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>A list of sections, such as the volumes of one kind.</summary>
public sealed partial class ConfigListPart
{
    private IReadOnlyList<ConfigKey> keys = [];
    private int count;

    [Parameter, EditorRequired]
    public required ConfigDraft Draft { get; set; }

    [Parameter, EditorRequired]
    public required string Path { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnChanged { get; set; }

    protected override void OnParametersSet()
    {
        keys = ConfigFields.Keys(Path);
        count = Draft.Document is { } document ? ConfigFields.Items(document, Path) : 0;
    }

    private Task AddAsync() => ChangeAsync(document => ConfigFields.AddItem(document, Path));

    private Task RemoveAsync(int at) => ChangeAsync(document => ConfigFields.RemoveItem(document, Path, at));

    private async Task ChangeAsync(Action<ConfigDocument> change)
    {
        Draft.Change(change);
        await OnChanged.InvokeAsync();
    }
}
