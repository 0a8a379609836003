using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Phases;

/// <summary>What the portal will do next and why it has not yet, and what it did by itself, explained. Kind and time live in the URL.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class ActivityPage
{
    private const int PageSize = 25;
    private const string AllTime = "all";

    private static readonly (string Key, string Title, TimeSpan? Length)[] Spans =
        [("24h", "24 h", TimeSpan.FromHours(24)), ("7d", "7 days", TimeSpan.FromDays(7)), ("30d", "30 days", TimeSpan.FromDays(30)), (AllTime, "all", null)];

    private IReadOnlyList<ComingAct> coming = [];
    private IReadOnlyList<AutomaticAct> acts = [];
    private ActorNames names = ActorNames.None;
    private int shown = PageSize;

    [Inject]
    private IActReader Reader { get; set; } = null!;

    [Inject]
    private ReadComingActs Coming { get; set; } = null!;

    [Inject]
    private PeopleNames People { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Audit, PortalTopic.Operations, PortalTopic.Phases, PortalTopic.Gates];

    private static IReadOnlyList<FilterDef> Filters { get; } = [ActKinds.Filter];

    private (string Key, string Title, TimeSpan? Length) Span => Spans.FirstOrDefault(one => one.Key == Url["range"]) is { Key: not null } asked ? asked : Spans[^1];

    private IReadOnlyList<TabLink> Ranges => [.. Spans.Select(one => new TabLink(one.Title, Url.With("range", one.Key == AllTime ? null : one.Key), one == Span))];

    private bool IsNarrowed => Url["kind"] is not null || Span.Length is not null;

    private string CsvAddress => Url.OfInstance("api/v1/activity?format=csv&limit=500" + (Url["kind"] is { } kind ? $"&kind={Uri.EscapeDataString(kind)}" : "") + (From is { } from ? $"&from={from.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'}" : ""));

    private DateTimeOffset? From => Span.Length is { } length ? Now - length : null;

    // What is next is the answer; what it is held by stands below it.
    private string Headline => coming.FirstOrDefault(act => act.Code == "operation") is { } running ? running.Title
        : coming.FirstOrDefault(act => act.Code == "schedule") is { At: { } at } due ? at <= Now && due.Holds.Count > 0 ? $"Held: {due.Title}" : $"Next, {Words.Stamp(at, Now)}: {due.Title}"
        : coming.FirstOrDefault(act => act.Code == "step") is { } step ? $"Next: {step.Title}" : "Activity";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        coming = await Coming.RunAsync(Instance, cancel);
        // A word of the address that is no kind narrows to nothing, as its chip shows.
        var unknown = new RequestErrors();
        var kinds = ActKinds.Read(Url["kind"], unknown);
        acts = unknown.Any && kinds.Count == 0 ? [] : await Reader.NewestAsync(new ActQuery(Instance, kinds, From, null, shown + 1, null), cancel);
        names = await People.OfAsync(ActKinds.PeopleOf(acts), cancel);
    }

    private Task MoreAsync()
    {
        shown += PageSize;
        return ReadAgainAsync();
    }
}
