using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Plans;

namespace MigrationPortal.Web.Plans;

/// <summary>What stops a plan, then what is only advised. A blocker with a name can be overridden, one by one.</summary>
public sealed partial class PlanFindingsCard
{
    [Parameter, EditorRequired]
    public required Plan Plan { get; set; }

    /// <summary>Of the plan, those that are still advice.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<PlanWarning> Warnings { get; set; }

    [Parameter, EditorRequired]
    public required bool IsStale { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlySet<string> Overridden { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<string> OnOverride { get; set; }
}
