using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters.Surges;

namespace MigrationPortal.Web.Clusters.Surges;

/// <summary>The lent runners of a surge.</summary>
public sealed partial class SurgeRunners
{
    [Parameter, EditorRequired]
    public required Surge Surge { get; set; }
}
