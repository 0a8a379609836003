using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Jobs;

/// <summary>Jobs that wait for a runner by the reason why, what stands in the way, and when GitLab drops them.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class PendingPage
{
    private const int Shown = 200;

    private IReadOnlyList<PendingGroup> all = [];
    private IReadOnlyList<PendingGroup> shown = [];
    private IReadOnlyList<PendingJob> jobs = [];
    private IReadOnlyList<Brownout> brownouts = [];
    private DateTimeOffset takenAt;

    [Inject]
    private DiagnosePending Diagnose { get; set; } = null!;

    [Inject]
    private IPendingReader Reader { get; set; } = null!;

    [Inject]
    private IFleetStore Fleet { get; set; } = null!;

    [Inject]
    private IBrownoutReader Brownouts { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Jobs, PortalTopic.Fleet, PortalTopic.Operations];

    private string GitLabUrl => Instances.Find(Instance)!.Url;

    private long Total => all.Sum(group => group.Jobs);

    /// <summary>Jobs that wait for a brownout to end.</summary>
    private long Expected => all.Where(group => group.Reason == PendingReason.Brownout).Sum(group => group.Jobs);

    private List<PendingGroup> Stuck => [.. all.Where(group => group.IsStuck)];

    private string Headline => all.Count == 0 ? "No job is pending"
        : Stuck is [var worst, ..] ? PendingWords.Sentence(worst) + PendingWords.Soon(worst)
        : $"{Words.Count(Total)} {(Total == 1 ? "job is" : "jobs are")} pending, {(Expected > 0 ? $"{Words.Count(Expected)} as expected in a brownout, " : "")}none is stuck";

    private string Said => all.Count == 0 ? "GitLab drops a job after an hour if no online runner matches it, and after 24 hours in any case."
        : $"{Words.Rate(Stuck.Sum(group => group.Jobs), Total)} pending jobs can be taken by no runner{(Expected > 0 ? $", {Words.Count(Expected)} more wait as expected for a brownout to end" : "")}, {Words.Count(all.Sum(group => group.DroppedSoon))} will be dropped within {Words.Span(DiagnosePending.Soon)}. "
            + "GitLab drops a job after an hour if no online runner matches it, and after 24 hours in any case.";

    private IReadOnlyList<FilterDef> Filters =>
    [
        new("reason", "reason", [.. all.Select(group => group.Reason).Distinct().Order().Select(reason => new FilterOption(PendingWords.Key(reason), PendingWords.Short(reason)))]),
        new("tags", "tags", [.. all.Select(group => PendingWords.TagsKey(group.Wanted)).OfType<string>().Distinct().Order(StringComparer.Ordinal).Select(tags => new FilterOption(tags, tags))]),
    ];

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        takenAt = (await Fleet.LatestAsync(Instance, cancel))?.TakenAt ?? Now;
        brownouts = [.. (await Brownouts.WithinAsync(Instance, TimeWindow.Last(TimeSpan.FromMinutes(1), Now), cancel)).Where(one => one.ReturnedAt is null)];
        all = await Diagnose.RunAsync(Instance, Now, cancel);
        var (reasons, tags) = (Url.All("reason"), Url.All("tags"));
        shown = [.. all.Where(group => (reasons.Count == 0 || reasons.Contains(PendingWords.Key(group.Reason))) && (tags.Count == 0 || tags.Contains(PendingWords.TagsKey(group.Wanted) ?? "")))];
        jobs = await PendingJobs.ReadAsync(Reader, Instance, shown, Shown, cancel);
    }

    private string GroupHref(PendingGroup group) => Navigation.GetUriWithQueryParameters(
        new Dictionary<string, object?> { ["reason"] = PendingWords.Key(group.Reason), ["tags"] = PendingWords.TagsKey(group.Wanted) });

    // The API takes one reason and one set of tags: what a click on a group asks for.
    private string CsvHref(string by) => Url.OfInstance(
        "api/v1/insights/pending",
        new Dictionary<string, string?> { ["format"] = "csv", ["by"] = by, ["reason"] = Only("reason"), ["tags"] = Only("tags") });

    private string? Only(string key) => Url.All(key) is [var one] ? one : null;
}
