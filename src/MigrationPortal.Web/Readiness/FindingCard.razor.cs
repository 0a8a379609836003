using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>One finding: how sure, which rule, where, why in a sentence, what to paste. In the words of somebody who never asked for this.</summary>
public sealed partial class FindingCard
{
    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ToldFinding Told { get; set; }

    /// <summary>Who said that it is all right.</summary>
    [Parameter]
    public string? By { get; set; }

    /// <summary>Buttons.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private Finding Found => Told.Finding;
}
