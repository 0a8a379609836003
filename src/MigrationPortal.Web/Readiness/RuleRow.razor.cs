using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Readiness;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Readiness;

/// <summary>One rule: what it says, why, how it shows in a log, what it hits.</summary>
public sealed partial class RuleRow
{
    // A choice that nobody confirmed must not stay chosen.
    private int turns;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required RuleView Rule { get; set; }

    /// <summary>The address leads to it.</summary>
    [Parameter]
    public bool Chosen { get; set; }

    /// <summary>False before any project was looked at: what a rule hits is then not known.</summary>
    [Parameter]
    public bool HitsKnown { get; set; }

    /// <summary>With what only administrators may do.</summary>
    [Parameter]
    public bool ForAdmin { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback OnTurn { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<Severity> OnWeigh { get; set; }

    private async Task ChooseAsync(ChangeEventArgs chosen)
    {
        if (Enum.TryParse<Severity>(chosen.Value?.ToString(), out var severity)) await OnWeigh.InvokeAsync(severity);
        turns++;
    }
}
