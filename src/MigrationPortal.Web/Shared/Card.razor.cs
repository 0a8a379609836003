using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>A surface with a 1 px line. Tables and lists of rows go in as they are; prose and fields want <see cref="Padded"/>.</summary>
public sealed partial class Card
{
    [Parameter]
    public string? Title { get; set; }

    /// <summary>Beside the title, in small grey: denominators, order.</summary>
    [Parameter]
    public string? Note { get; set; }

    /// <summary>At the right of the title: chips, links, buttons.</summary>
    [Parameter]
    public RenderFragment? Head { get; set; }

    /// <summary>One sentence below the title; its bold part is the finding.</summary>
    [Parameter]
    public RenderFragment? Say { get; set; }

    [Parameter]
    public bool Padded { get; set; }

    /// <summary>Cuts rows at the round corners. Off where a menu must reach out, or a table head must stick.</summary>
    [Parameter]
    public bool Clip { get; set; } = true;

    [Parameter]
    public string? Class { get; set; }

    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
