using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>Which GitLab the pages show. The choice lives in the URL as <c>instance</c>, so a link shows the same one.</summary>
public sealed partial class InstanceSwitch : IDisposable
{
    [Inject]
    private ShellState Shell { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override void OnInitialized() => Shell.Changed += Redraw;

    private void Choose(InstanceChoice choice) =>
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("instance", choice.Key));

    private void Redraw() => InvokeAsync(StateHasChanged);

    public void Dispose() => Shell.Changed -= Redraw;
}
