using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Insights;
using MigrationPortal.Domain.Phases;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Insights;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Fleet;

/// <summary>Runners that no plan changes: whose they are, what still runs on them, and how fast the docker+machine ones go.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class UnmanagedPage
{
    private UnmanagedRunners? all;
    private IReadOnlyList<UnmanagedDay> days = [];
    private IReadOnlyDictionary<RunnerId, OwnerAnswer> answers = new Dictionary<RunnerId, OwnerAnswer>();

    [Inject]
    private UnmanagedFleet Unmanaged { get; set; } = null!;

    [Inject]
    private IOwnerAnswers Answers { get; set; } = null!;

    [Inject]
    private IUnmanagedDays Days { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Fleet, PortalTopic.Digests];

    private UnmanagedFilter Filter => new(Url.All("owner"), Url.All("executor"), Url["q"]);

    private List<UnmanagedRunner> Shown => [.. (all?.Items ?? []).Where(Filter.Takes)];

    private int Ending => all?.Items.Count(one => one.EndsWithGitLab20) ?? 0;

    private string Headline => all is null ? "Unmanaged runners"
        : Ending == 0 ? "No unmanaged runner uses docker+machine"
        : $"{Words.Count(Ending, "unmanaged runner")} {(Ending == 1 ? "uses" : "use")} docker+machine, {Words.Count(Attention.DaysToGitLab20(Now))} days are left";

    private string Said => all is null ? "Runners that the portal does not manage, by owner."
        : $"{Words.Count(all.Items.Count)} of {Words.Count(all.Fleet.Runners.Count, "runner")} are unmanaged. GitLab 20.0 removes docker+machine on {Attention.GitLab20:d MMMM yyyy}; their owners have two ways out.";

    private string Finding
    {
        get
        {
            var finished = all!.Items.Sum(one => one.Finished);
            var (groups, projects) = (Owners(RunnerType.Group), Owners(RunnerType.Project));
            return $"{Words.Count(all.Items.Count, "runner")} belong to {Words.Count(groups, "group")} and {Words.Count(projects, "project")}, and ran {Words.Rate(finished, all.Finished)} jobs {Week}.";
        }
    }

    private string Week => all!.Basis.From == all.Window.From ? "of the last 7 days"
        : all.Basis.Length > TimeSpan.Zero ? $"that are known of the last 7 days; all are read only since {IncidentWords.Hour(all.Basis.From)} UTC"
        : "that are known of the last 7 days, which are not read yet";

    private IReadOnlyList<FilterDef> Filters =>
    [
        FilterDef.Of("owner", [.. (all?.Items ?? []).Select(one => one.Owner.ToString()).Distinct().Order(StringComparer.Ordinal).Take(60)]),
        FilterDef.Of("executor", [.. (all?.Items ?? []).Select(one => RunnerView.ExecutorOf(one.Runner) ?? "unknown").Distinct().Order(StringComparer.Ordinal)]),
    ];

    private string CsvHref => Url.OfInstance(
        "api/v1/runners/unmanaged",
        new Dictionary<string, string?> { ["format"] = "csv", ["owner"] = Only(Filter.Owners), ["executor"] = Only(Filter.Executors), ["q"] = Filter.Search });

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        all = await Unmanaged.RunAsync(Instance, UnmanagedEndpoint.Week(Now), cancel);
        answers = await Answers.ReadAsync(Instance, cancel);
        days = await Days.ReadAsync(Instance, DateOnly.FromDateTime(Now.UtcDateTime).AddDays(-365), cancel);
    }

    private int Owners(RunnerType type) => all!.Items.Select(one => one.Owner).Where(owner => owner.Type == type).Distinct().Count();

    private static string? Only(IReadOnlyList<string> values) => values is [var one] ? one : null;
}
