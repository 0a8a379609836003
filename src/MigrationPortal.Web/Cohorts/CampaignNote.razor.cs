using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts.Stragglers;

namespace MigrationPortal.Web.Cohorts;

/// <summary>What a maintainer reads on their project's card while it is asked to leave docker.</summary>
public sealed partial class CampaignNote
{
    [Parameter, EditorRequired]
    public required CampaignLook Look { get; set; }

    private string Where => Look.Now?.Refs is { Count: > 0 } refs ? StragglerWords.Refs(refs) : "none in the last days";

    private string Until => Look.Case.Stage == StragglerStage.Handled
        ? "The people who run your GitLab have taken it on." : $"The docker runners end for them on {StragglerWords.Day(Look.Case.FinalAt)}.";
}
