using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace MigrationPortal.Web.Shared;

/// <summary>The frame of the administrators' pages: header, navigation, banner, page. Nobody else is shown its switch, search or banner.</summary>
public sealed partial class MainLayout
{
    private bool isMenuOpen;

    [Inject]
    private IOptions<ShellParts> Parts { get; set; } = null!;
}
