using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Cohorts.TwinRuns;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Access;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Insights;

/// <summary>What twin runs say of the executors together, with the jobs behind each number.</summary>
[Authorize(Policy = Policies.Admin)]
public sealed partial class TwinsPage
{
    private static readonly int[] Spans = [30, TwinsEndpoint.UsualDays, 365];

    private TwinPairs known = new([]);
    private IReadOnlyDictionary<ProjectId, ObservedProject> paths = new Dictionary<ProjectId, ObservedProject>();

    [Inject]
    private ReadTwins Read { get; set; } = null!;

    [Inject]
    private IProjectStore Projects { get; set; } = null!;

    protected override IReadOnlyList<PortalTopic> Topics { get; } = [PortalTopic.Cohorts];

    private int Days => int.TryParse(Url["days"], out var days) && Spans.Contains(days) ? days : TwinsEndpoint.UsualDays;

    private IReadOnlyList<TabLink> Choices => [.. Spans.Select(days => new TabLink($"{days} days", Url.With("days", days == TwinsEndpoint.UsualDays ? null : $"{days}"), days == Days))];

    private string Headline => known.Counts is { Pairs: > 0 } counts ? $"{Words.Count(counts.OnlyKubernetes)} of {Words.Count(counts.Pairs, "pair")} failed on Kubernetes alone, {Words.Count(counts.OnlyDocker)} on docker alone" : "Twin runs";

    protected override async Task ReadAsync(CancellationToken cancel)
    {
        known = await Read.PairsAsync(Instance, Now.AddDays(-Days), cancel);
        paths = await Projects.FindAsync([.. known.Pairs.Take(TwinsEndpoint.MostShown).Select(run => run.Project).Distinct()], cancel);
    }

    private string PathOf(TwinRun run) => paths.GetValueOrDefault(run.Project)?.Access.FullPath ?? $"project {run.Project.Number}";
}
