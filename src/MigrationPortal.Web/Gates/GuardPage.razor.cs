using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Gates;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Gates;

/// <summary>The rules of the fast roll back: what each reads, its limit, since when it stands, and what it would do.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class GuardPage
{
    /// <summary>A rule that stands a whole day leaves some 290.</summary>
    private const int HistoryShown = 300;

    private GuardEvaluation? shown;
    private GuardFacts? facts;
    private IReadOnlyList<GuardEvaluation> history = [];
    private IReadOnlyList<ComingAct> coming = [];

    [Inject]
    private IGuardStore Store { get; set; } = null!;

    [Inject]
    private ReadComingActs Coming { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Gates, PortalTopic.Phases];

    /// <summary>The evaluation that the address asks for, instead of the latest.</summary>
    private long? Asked => long.TryParse(Url["evaluation"], CultureInfo.InvariantCulture, out var id) && id is > 0 and < long.MaxValue ? id : null;

    private string Headline => shown switch
    {
        null => "Roll back rules",
        { Act: GuardAct.None } => "No roll back rule has fired",
        { Act: GuardAct.Watch } => $"{shown.LeadingRule().Title}: seen once",
        { Done: { } done } => $"{shown.LeadingRule().Title}. {done}",
        _ => shown.LeadingRule().Title,
    };

    private (string Title, string Text) Nothing => Asked is { } id
        ? ($"There is no guard evaluation {id}", "Its number is wrong, or it asked for nothing: of those only the latest is kept.")
        : ("The rules have not been asked yet", "They are asked from opt-in on, as long as something runs on Kubernetes by the portal's doing; not after an evacuation.");

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        history = await Store.NewestAsync(Instance, HistoryShown, Asked + 1, cancel);
        shown = history.Count > 0 && (Asked is null || history[0].Id == Asked) ? history[0] : null;
        facts = shown is null ? null : await Store.EvidenceAsync(shown.Id, cancel);
        coming = [.. (await Coming.RunAsync(Instance, cancel)).Where(act => act.Code == "guard")];
    }
}
