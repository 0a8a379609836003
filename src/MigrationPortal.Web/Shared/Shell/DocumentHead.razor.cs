using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Shared;

/// <summary>Style sheets and the script that sets the theme before the first paint.</summary>
public sealed partial class DocumentHead
{
    [CascadingParameter]
    private HttpContext Http { get; set; } = null!;

    private string BaseHref => Http.Request.PathBase + "/";
}
