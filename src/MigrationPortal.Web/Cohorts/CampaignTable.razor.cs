using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts.Stragglers;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Cohorts;

/// <summary>Projects of a campaign in rows, each with every ref and what became of it.</summary>
public sealed partial class CampaignTable
{
    private const int MostRefs = 8;

    [Parameter, EditorRequired]
    public required IReadOnlyList<CampaignLook> Items { get; set; }

    [Parameter, EditorRequired]
    public required DateTimeOffset Now { get; set; }

    [Parameter, EditorRequired]
    public required ActorNames Names { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    [Parameter]
    public EventCallback<CampaignLook> OnHandled { get; set; }

    [Parameter]
    public EventCallback<CampaignLook> OnPostpone { get; set; }
}
