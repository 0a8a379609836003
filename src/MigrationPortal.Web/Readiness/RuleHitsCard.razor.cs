using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Readiness;

namespace MigrationPortal.Web.Readiness;

/// <summary>Which rules hit most; a click shows the projects of one.</summary>
public sealed partial class RuleHitsCard
{
    private const int Most = 12;

    private IReadOnlyList<RuleHits> hits = [];
    private bool all;

    [Parameter, EditorRequired]
    public required ReadinessCounts Counts { get; set; }

    /// <summary>Null: none.</summary>
    [Parameter]
    public string? Chosen { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<string> OnPick { get; set; }

    protected override void OnParametersSet() => hits = RuleHits.Of(Counts);
}
