using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>Tabs as links, so that each is an address. Make the addresses with <see cref="UrlState.With(string, string?)"/>.</summary>
public sealed partial class TabStrip
{
    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required IReadOnlyList<TabLink> Tabs { get; set; }

    [Parameter]
    public string Label { get; set; } = "Parts of this page";
}

/// <summary>One tab: "Managed", its address, and how many are behind it.</summary>
public sealed record TabLink(string Title, string Href, bool IsOpen, string? Count = null);
