using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>Says that a revision is not verified, and takes the name and the reason of who lets it into production all the same.</summary>
public sealed partial class UnverifiedField
{
    [Parameter, EditorRequired]
    public required Refusal Why { get; set; }

    [Parameter]
    public bool Given { get; set; }

    [Parameter]
    public EventCallback<bool> GivenChanged { get; set; }

    [Parameter]
    public string Reason { get; set; } = "";

    [Parameter]
    public EventCallback<string> ReasonChanged { get; set; }

    /// <summary>What else helps.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private Task GiveAsync(ChangeEventArgs change) => GivenChanged.InvokeAsync(change.Value is true);

    private Task SayAsync(ChangeEventArgs change) => ReasonChanged.InvokeAsync(change.Value?.ToString() ?? "");
}
