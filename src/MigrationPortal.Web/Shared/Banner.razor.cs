using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>One line above the page: "Observe mode. The portal reads GitLab with a read_api token and changes nothing." Buttons go in as child content.</summary>
public sealed partial class Banner
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter]
    public string? Text { get; set; }

    [Parameter]
    public string? Glyph { get; set; }

    /// <summary>Red, for what is wrong now.</summary>
    [Parameter]
    public bool Alert { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
