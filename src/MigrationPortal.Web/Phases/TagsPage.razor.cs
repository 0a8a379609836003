using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>Which tags jobs ask for, who serves them, and what becomes of each.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class TagsPage
{
    private IReadOnlyList<TagLine> lines = [];
    private MigrationSettings? settings;
    private TagBasisView? grounds;
    private string? refused;

    [Inject]
    private IJobReader Jobs { get; set; } = null!;

    [Inject]
    private TagGrounds Grounds { get; set; } = null!;

    [Inject]
    private IFleetStore Fleet { get; set; } = null!;

    [Inject]
    private IMigrationStore Migration { get; set; } = null!;

    [Inject]
    private DecideTag Decide { get; set; } = null!;

    [Inject]
    private SetTranslation Translate { get; set; } = null!;

    [CascadingParameter]
    private Task<AuthenticationState> SignedIn { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Phases, PortalTopic.Digests];

    private string Headline
    {
        get
        {
            var open = lines.Count(line => line.Decision is null && RoleOf(line.Use.Tag) is null && line.Legacy > 0);
            if (open == 0 && lines.Any(line => line.Decision is null && RoleOf(line.Use.Tag) is null)) return "No undecided tag is on a legacy runner";
            return lines.Count == 0 ? "Tags" : open == 0 ? $"Every one of {Words.Count(lines.Count, "tag")} is decided" : $"{Words.Count(open, "legacy tag is", "legacy tags are")} not decided yet";
        }
    }

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        settings = await Migration.SettingsAsync(Instance, cancel);
        grounds = await Grounds.OfAsync(Instance, cancel);
        var census = await Jobs.TagsAsync(Instance, CensusWindow.Until(Now), cancel);
        lines = TagLine.All(census, await Fleet.LatestAsync(Instance, cancel), settings);
    }

    private string? RoleOf(string tag) => tag == settings?.OptInTag ? "opt-in tag" : tag == settings?.FallbackTag ? "fallback tag" : tag == settings?.StandInTag ? "stand-in" : null;

    private async Task DecideAsync(string tag, string? word) =>
        await ShowAsync(await Decide.RunAsync(Instance, tag, PlanTargetJson.ParseDecision(word), (await SignedIn).User.Actor(), CancellationToken.None));

    private async Task TranslateAsync(string tag, string? translation) =>
        await ShowAsync(await Translate.RunAsync(Instance, tag, string.IsNullOrWhiteSpace(translation) ? null : translation.Trim(), (await SignedIn).User.Actor(), CancellationToken.None));

    private Task ShowAsync(Outcome<MigrationSettings> outcome)
    {
        refused = outcome.Match<string?>(_ => null, refusal => string.Join(' ', refusal.Reasons));
        return ReadAgainAsync();
    }
}
