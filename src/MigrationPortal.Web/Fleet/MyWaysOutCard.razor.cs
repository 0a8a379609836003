using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Fleet;

/// <summary>What an owner of a docker runner can do, in the lines that it takes.</summary>
public sealed partial class MyWaysOutCard
{
    /// <summary>By which jobs ask for the shared Kubernetes runners.</summary>
    [Parameter, EditorRequired]
    public required string OptInTag { get; set; }

    /// <summary>Its address.</summary>
    [Parameter, EditorRequired]
    public required string GitLab { get; set; }
}
