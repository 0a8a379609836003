using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Jobs;

/// <summary>The single jobs behind any number of the insights, latest first.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class JobsPage
{
    private const int PerPage = 50;

    private RequestErrors errors = new();
    private JobFilter? filter;
    private FinishedPage? page;
    private long? count;
    private DateTimeOffset? cut;
    private DateTimeOffset? kept;
    private Dictionary<long, string> runners = [];
    private IReadOnlyDictionary<string, string> names = new Dictionary<string, string>();

    [Inject]
    private IJobReader Jobs { get; set; } = null!;

    [Inject]
    private CountJobs Counts { get; set; } = null!;

    [Inject]
    private IFleetStore Fleet { get; set; } = null!;

    [Inject]
    private ValueNames Names { get; set; } = null!;

    /// <summary>A list that is read row by row must not move: it is read when its address changes.</summary>
    protected override IReadOnlyList<PortalTopic> Topics { get; } = [];

    private string GitLabUrl => Instances.Find(Instance)!.Url;

    private string Headline => (filter, count, page) switch
    {
        (null, _, _) => "Jobs",
        (_, { } exact, _) => exact == 0 ? "No such job" : Words.Count(exact, Noun, Noun + "s"),
        (_, _, { Next: null } all) when Url["after"] is null => Words.Count(all.Rows.Count, Noun, Noun + "s"),
        (_, _, { } some) => $"{Words.Count(some.Rows.Count)} and more {Noun}s",
        _ => "Jobs",
    };

    private string Noun => filter!.Status switch
    {
        JobStatus.Success => "succeeded job",
        JobStatus.Failed => "failed job",
        JobStatus.Canceled => "canceled job",
        JobStatus.Skipped => "skipped job",
        _ => filter.Kind is null ? "finished job" : "failed job",
    };

    private string Said => count is not null ? "Counted in the rollup."
        : "No rollup has these filters over just this span, so the jobs are looked up one by one, not counted.";

    private string Span => filter is { Started: { } started } ? $"Started {IncidentWords.When(started)} UTC" : $"Finished {IncidentWords.When(filter!.Finished!.Value)} UTC";

    private TimeWindow Window => (filter!.Started ?? filter.Finished)!.Value;

    private bool HasDropped => kept > Window.From;

    private (string Title, string Text) Nothing => page switch
    {
        { LookedBackTo: { } back, Next: not null } => ($"No such job back to {IncidentWords.Hour(back)}", "Only so many jobs are looked through at a time."),
        _ when HasDropped && count is > 0 => ("No such job is kept any more", $"{Words.Count(count.Value, "job")} of this range {(count == 1 ? "was" : "were")} counted before single jobs were dropped for their age."),
        _ => ("No such job finished in this range", HasDropped ? "None that is still kept." : "Take a filter away, or choose a longer range."),
    };

    private string Shown => page!.Rows is [var first, .., var last] ? $"{page.Rows.Count} shown, {IncidentWords.Hour(first.FinishedAt!.Value)} back to {IncidentWords.Hour(last.FinishedAt!.Value)}" : $"{page.Rows.Count} shown";

    // Without a count, only a list that ends on its first page is known to be short.
    private bool IsCsvAll => count is { } exact ? exact <= Paging.Most : Url["after"] is null && page is { Next: null };

    private string? CsvTitle => IsCsvAll ? null : $"The API gives {Paging.Most} rows at a time; the cursor of the next is in the header {CsvLists.NextCursor}";

    private string CsvHref => QueryHelpers.AddQueryString("api/v1/jobs", JobQuery.Words.Append("time").Where(word => Url[word] is not null)
        .ToDictionary(word => word, word => (string?)(Url[word] == Explorer.Untagged ? "" : Url[word]))
        .Concat([new("from", Csv.Stamp(Window.From)), new("to", Csv.Stamp(Window.To)), new("limit", $"{Paging.Most}"), new("format", "csv"), new("instance", Instance.Name)])
        .ToDictionary());

    private IReadOnlyList<FilterDef> Filters =>
    [
        new("executor", "executor", [.. JobQuery.Executors.Select(one => new FilterOption(one.Word, ExecutorLook.Of(one.Word).Word))]) { OnlyOne = true },
        FilterDef.Of("status", [.. JobQuery.Statuses.Select(one => one.Word)]) with { OnlyOne = true },
        new("kind", "failure", [.. InsightQuery.Kinds.Where(one => one.Value != FailureKind.None).Select(one => new FilterOption(one.Word, DimensionWords.Kind(one.Value).ToLowerInvariant()))]) { OnlyOne = true },
        .. ((string[])["project", "tag", "runner", "reason", "runnerVersion", "name", "managed", "attempts"]).Where(word => Url[word] is not null)
            .Select(word => new FilterDef(word, word == "runnerVersion" ? "runner version" : word, [.. Url.All(word).Select(value => new FilterOption(value, names.GetValueOrDefault($"{word}={value}") ?? value))]) { OnlyOne = true }),
        .. ((string[])["from", "to"]).Where(word => Url[word] is not null).Select(word => FilterDef.Of(word, Url[word]!)),
    ];

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        var (wrong, asked) = (new RequestErrors(), (JobFilter?)null);
        var (now, latest) = (Now, JobQuery.LatestOf(Url["from"], Url["to"], Now));
        asked = JobQuery.Read(word => word == "from" && latest is { } begin ? Csv.Stamp(begin) : Url[word], Instance, now, wrong);
        (errors, cut) = (wrong, latest);
        if (errors.Any) return;
        if (asked != filter) (page, count) = (null, null);
        filter = asked;
        names = await Names.OfFiltersAsync(Explorer.Of(Url, Instance, Now).Filter, cancel);
        page = await Jobs.FinishedAsync(asked, PerPage, JobQuery.ReadMark(Url["after"]), cancel);
        count = await Counts.CountAsync(asked, cancel);
        kept = await Jobs.KeptSinceAsync(Instance, cancel);
        if (runners.Count == 0 && await Fleet.LatestAsync(Instance, cancel) is { } fleet) runners = fleet.Runners.ToDictionary(runner => runner.Id.Number, runner => runner.Observed.Description);
    }
}
