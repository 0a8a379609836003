using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>Puts a text on the reader's clipboard and says whether the browser let it.</summary>
public sealed partial class CopyButton
{
    private bool? done;

    [Inject]
    private Browser Browser { get; set; } = null!;

    [Parameter, EditorRequired]
    public required string Value { get; set; }

    [Parameter]
    public string Text { get; set; } = "Copy";

    /// <summary>The name for screen readers: "Copy the lines for .gitlab-ci.yml".</summary>
    [Parameter]
    public string? Label { get; set; }

    [Parameter]
    public bool Outlined { get; set; }

    protected override void OnParametersSet() => done = null;

    private async Task Copy() => done = await Browser.CopyAsync(Value);
}
