using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Phases;

namespace MigrationPortal.Web.Phases;

/// <summary>Runners that differ from the reached phase, since when, and the way to a plan that puts them back.</summary>
public sealed partial class DriftCard
{
    [Parameter, EditorRequired]
    public required IReadOnlyList<DriftShown> Drift { get; set; }

    /// <summary>Whether any phase was reached.</summary>
    [Parameter, EditorRequired]
    public required bool HasBegun { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    [Parameter]
    public bool Disabled { get; set; }

    [Parameter]
    public EventCallback<PlanTarget> OnPlan { get; set; }

    private PlanTarget Back => new PlanTarget.EditRunners([.. Drift.Select(one => one.Back)]);
}
