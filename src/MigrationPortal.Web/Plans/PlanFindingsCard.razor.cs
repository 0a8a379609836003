using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts.Offers;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Plans;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Cohorts;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Plans;

/// <summary>What stops a plan, then what is only advised. A blocker with a name can be overridden, one by one.</summary>
public sealed partial class PlanFindingsCard
{
    [Inject]
    private UrlState Url { get; set; } = null!;

    [Parameter, EditorRequired]
    public required Plan Plan { get; set; }

    /// <summary>Of the plan, those that are still advice.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<PlanWarning> Warnings { get; set; }

    /// <summary>Of those who will fail, whose people have not been heard.</summary>
    [Parameter]
    public IReadOnlyList<UnansweredProject> Unheard { get; set; } = [];

    [Parameter]
    public ActorNames Names { get; set; } = ActorNames.None;

    [Parameter, EditorRequired]
    public required bool IsStale { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlySet<string> Overridden { get; set; }

    [Parameter, EditorRequired]
    public required EventCallback<string> OnOverride { get; set; }

    /// <summary>Where what it names is dealt with; null: nowhere else.</summary>
    private static (string Action, string Href)? PageOf(PlanWarning warning) => warning.Code switch
    {
        PinsOfPlan.Held => ("Open the pins", "pins"),
        PinsOfPlan.WillMove => ("See who will move", $"pins?{PinsPage.StateKey}={PinsPage.WillMove}"),
        PinsOfPlan.Over => ("See whose time is over", $"pins?{PinsPage.StateKey}={PinsPage.Over}"),
        PredictedToFail.Code => ("See who has not been heard", "readiness/unanswered"),
        _ => null,
    };
}
