using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters.Apply;

namespace MigrationPortal.Web.Clusters;

/// <summary>What would become of one object, with the fields that change and those that others own.</summary>
public sealed partial class ObjectPreviewRow
{
    [Parameter, EditorRequired]
    public required ObjectPreview Of { get; set; }

    /// <summary><see cref="ApplyPage.TakeOver"/>, <see cref="ApplyPage.Leave"/>, or null: not chosen yet.</summary>
    [Parameter]
    public string? Choice { get; set; }

    [Parameter]
    public EventCallback<string> OnChoice { get; set; }
}
