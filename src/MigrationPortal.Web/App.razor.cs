using Microsoft.AspNetCore.Components.Web;

namespace MigrationPortal.Web;

/// <summary>The one HTML document.</summary>
public sealed partial class App
{
    /// <summary>Rendered once, in the circuit: a page that is drawn twice would flash its skeleton over its own data.</summary>
    internal static readonly InteractiveServerRenderMode Interactive = new(prerender: false);
}
