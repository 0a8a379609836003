using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts;

namespace MigrationPortal.Web.Fleet;

/// <summary>One runner of the pair, and what keeps it from serving projects.</summary>
public sealed partial class PairHalfCard
{
    [Parameter, EditorRequired]
    public required string Title { get; set; }

    [Parameter, EditorRequired]
    public required PairHalf Half { get; set; }

    /// <summary>What its attributes mean for projects.</summary>
    [Parameter]
    public string? Reach { get; set; }
}
