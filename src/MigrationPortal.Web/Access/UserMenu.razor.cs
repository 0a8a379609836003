using Microsoft.AspNetCore.Components;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Access;

/// <summary>Behind the reader's name: their projects, and the way out.</summary>
public sealed partial class UserMenu : IDisposable
{
    [Inject]
    private ShellState Shell { get; set; } = null!;

    private string Name => Shell.Facts.UserName ?? "Signed in";

    private string Initials => string.Concat(Name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(part => char.ToUpperInvariant(part[0])));

    protected override void OnInitialized() => Shell.Changed += Redraw;

    private void Redraw() => InvokeAsync(StateHasChanged);

    public void Dispose() => Shell.Changed -= Redraw;
}
