using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>Who is still on docker: projects with their owners, and from where in each the jobs come.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class StragglersPage
{
    private const string OpenKey = "open";
    private const int Step = 50;

    private static readonly InsightRange[] Ranges = [.. InsightRange.All.Where(one => one.Bucket == Bucket.Day && one.Key != "90d"), new("7d", "7 days", TimeSpan.FromDays(7), Bucket.Day)];

    private InsightRange range = Ranges[^1];
    private int count = Step;
    private Stragglers? all;
    private ILookup<ProjectId, StragglerPlace> places = Array.Empty<StragglerPlace>().ToLookup(place => place.Project);

    [Inject]
    private IStragglerReader Reader { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Digests];

    private List<Straggler> Shown => [.. (all?.Items ?? []).Take(count)];

    private IReadOnlyList<TabLink> Tabs => [.. Ranges.OrderBy(one => one.Length).Select(one => new TabLink(one.Words, Url.With("range", one.Key), one == range))];

    private IReadOnlyList<FilterDef> Filters =>
    [
        new("source", "pipeline source", [.. (all?.Sources ?? []).Select(one => one.Source).OfType<string>().Select(name => new FilterOption(name, name))]) { OnlyOne = true },
        new("standing", "runners", [new("managed", "managed"), new("unmanaged", "unmanaged")]) { OnlyOne = true },
        new("owner", "owner", [.. (all?.Items ?? []).Select(one => one.Owner).OfType<string>().Distinct().Order(StringComparer.Ordinal).Take(40).Select(name => new FilterOption(name, name))]) { OnlyOne = true },
    ];

    private string Headline => all is not { CountedAt: not null } ? "Stragglers"
        : all.Items.Count == 0 ? "No job here ended on docker"
        : $"{Words.Count(all.Items.Count)} of {Words.Count(all.Projects, "project")} still {(all.Items.Count == 1 ? "runs" : "run")} jobs on docker";

    private string Said
    {
        get
        {
            if (all is not { CountedAt: { } counted }) return "Projects whose jobs still end on docker, by owner, ref and pipeline source.";
            var unmanaged = all.Items.Sum(one => one.OnUnmanaged);
            return $"{Words.Rate(all.OnDocker, all.Finished)} since {Words.Day(all.Basis.From)} ended on docker, {Words.Count((long)Math.Round(all.PerDay(all.OnDocker)))} a day; "
                + $"{Words.Count(unmanaged)} of them on unmanaged runners, which no plan changes. Counted {Words.Ago(counted, Now)}.";
        }
    }

    private StragglerFilter Filter => new(
        Instance, range.Window(Now), Url["source"], Url["ref"], Url["owner"], Url["q"], Url["standing"] switch { "managed" => true, "unmanaged" => false, _ => null });

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        range = Ranges.FirstOrDefault(one => one.Key == Url["range"]) ?? Ranges[^1];
        count = int.TryParse(Url["show"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, Step, 1000) : Step;
        all = await Reader.ReadAsync(Filter, cancel);
        // Where the shown projects' jobs come from needs longer than how many there are.
        StateHasChanged();
        places = (await Reader.PlacesAsync(Filter, [.. Shown.Select(one => one.Project)], cancel)).ToLookup(place => place.Project);
    }

    private string CsvHref(string by = "project")
    {
        var filter = Filter;
        var query = new Dictionary<string, string?>
        {
            ["format"] = "csv",
            ["by"] = by,
            ["from"] = Csv.Stamp(filter.Window.From),
            ["to"] = Csv.Stamp(filter.Window.To),
            ["source"] = filter.Source,
            ["ref"] = filter.Ref,
            ["owner"] = filter.Owner,
            ["q"] = filter.Search,
            ["managed"] = filter.Managed?.ToString().ToLowerInvariant(),
        };
        return Url.OfInstance("api/v1/insights/stragglers", query);
    }
}
