using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

/// <summary>What would refuse the plan if it were applied now, beside its own blockers: gates that bind, approvals, the change reference.</summary>
public sealed partial class PlanHoldsCard
{
    [Inject]
    private UrlState Url { get; set; } = null!;

    /// <summary>As the guards of plans say it now.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<PlanBlocker> Holds { get; set; }

    [Parameter, EditorRequired]
    public required bool IsOverridden { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<string> OnOverride { get; set; }

    /// <summary>The pattern of the change reference that the phase asks for; null: none.</summary>
    [Parameter]
    public string? ChangeReference { get; set; }

    [Parameter]
    public string? Reference { get; set; }

    [Parameter]
    public EventCallback<string?> OnReference { get; set; }

    private List<PlanBlocker> Gates => [.. Holds.Where(hold => hold.Override == GateGuard.Override)];

    private IEnumerable<PlanBlocker> Others => Holds.Where(hold => hold.Override != GateGuard.Override);
}
