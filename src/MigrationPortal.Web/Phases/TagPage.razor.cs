using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>One tag: who asks for it, from which refs and pipeline sources, and who serves it.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class TagPage
{
    private const int Most = 12;

    private TagDetail? detail;
    private FleetSnapshot? fleet;
    private MigrationSettings? settings;
    private int beat;

    [Inject]
    private ITagReader Reader { get; set; } = null!;

    [Inject]
    private IFleetStore Fleet { get; set; } = null!;

    [Inject]
    private IMigrationStore Migration { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Digests, PortalTopic.Operations];

    private string Tag => Url["tag"] ?? "";

    private bool MayBrownOut => Tag.Length > 0 && Tag != settings?.OptInTag && Tag != settings?.StandInTag;

    private string Headline => detail is not { Jobs: > 0 } || detail.Tag != Tag ? (Tag.Length == 0 ? "Untagged jobs" : $"Tag {Tag}")
        : $"{(Tag.Length == 0 ? "Untagged" : Tag)}: {Words.Count(detail.Jobs, "job")} of {Words.Count(detail.ProjectCount, "project")} in two weeks, {Words.Percent((double)detail.OnDocker / detail.Jobs)} on docker";

    private string Said => detail is null || detail.Tag != Tag ? "" : $"{Words.Rate(detail.Jobs, detail.TagsKnown)} of the jobs whose tags are known asked for it; tags are known of {Words.Rate(detail.TagsKnown, detail.Finished)} jobs that finished since {Words.Day(detail.Window.From)}."
        + (detail.CountedAt is { } counted ? $" Counted {Words.Ago(counted, Now)}." : "");

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        fleet = await Fleet.LatestAsync(Instance, cancel);
        settings = await Migration.SettingsAsync(Instance, cancel);
        beat++;
    }

    // The heading says what was found, too.
    private async Task<TagDetail> ReadDetailAsync(CancellationToken cancel)
    {
        var read = await Reader.ReadAsync(Instance, Tag, CensusWindow.Until(Now), Most, cancel);
        cancel.ThrowIfCancellationRequested();
        detail = read;
        StateHasChanged();
        return read;
    }

    private string CsvHref(string by) => Url.OfInstance($"api/v1/tags/detail?format=csv&by={by}&tag={Uri.EscapeDataString(Tag)}");
}
