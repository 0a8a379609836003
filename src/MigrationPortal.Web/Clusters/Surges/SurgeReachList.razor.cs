using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters.Surges;

namespace MigrationPortal.Web.Clusters.Surges;

/// <summary>Everything that jobs in QA's clusters get to see, by kind and name.</summary>
public sealed partial class SurgeReachList
{
    // More than that is opened by who wants to read it.
    private const int Few = 12;

    [Parameter, EditorRequired]
    public required IReadOnlyList<Reachable> Reach { get; set; }

    [Parameter, EditorRequired]
    public required string Title { get; set; }
}
