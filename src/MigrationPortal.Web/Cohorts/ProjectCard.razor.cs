using Microsoft.AspNetCore.Components;

namespace MigrationPortal.Web.Cohorts;

/// <summary>One project of a maintainer, in the words of somebody who never asked for this.</summary>
public sealed partial class ProjectCard
{
    [Parameter, EditorRequired]
    public required MyProject Mine { get; set; }

    [Parameter, EditorRequired]
    public required MigrationWay Way { get; set; }
}
