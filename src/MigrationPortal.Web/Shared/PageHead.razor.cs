using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>The title is the answer, and can be read alone: "docker 50 → 25 %: two legacy runners stop taking untagged jobs".</summary>
public sealed partial class PageHead
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    /// <summary>One sentence with the denominators; bold is what matters.</summary>
    [Parameter]
    public RenderFragment? Lead { get; set; }

    /// <summary>Links up: <c>&lt;a href="plans"&gt;Plans&lt;/a&gt; / 41</c>.</summary>
    [Parameter]
    public RenderFragment? Crumbs { get; set; }

    /// <summary>At most one primary.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>The title of the browser's tab, where the page's own is too long.</summary>
    [Parameter]
    public string? TabTitle { get; set; }
}
