using Microsoft.AspNetCore.Components;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Cohorts;

/// <summary>What came of a click for several projects, one line each.</summary>
public sealed partial class ManyResultList
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<ManyResult> Results { get; set; }

    private string Title => $"{Results.Count(one => one.Said.Done)} of {Words.Count(Results.Count, "project")} done";
}
