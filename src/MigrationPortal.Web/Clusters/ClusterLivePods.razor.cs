using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <summary>Job pods as they come and go, waiting ones first. Rows do not move under the pointer.</summary>
public sealed partial class ClusterLivePods
{
    // Nobody reads further down; the filters do.
    private const int MostShown = 500;

    private List<JobPod> shown = [];
    private object? asked;
    private bool isInside;
    private bool isStale;

    [Inject]
    private IClusterLive Live { get; set; } = null!;

    [Inject]
    private UrlState Url { get; set; } = null!;

    [Inject]
    private IWorldClock Clock { get; set; } = null!;

    [Parameter, EditorRequired]
    public required ClusterLine Line { get; set; }

    [Parameter, EditorRequired]
    public required string GitLabUrl { get; set; }

    private int All => Line.View is { Pods: var pods } ? pods.Pending + pods.Running + pods.Done : 0;

    private string Counted => shown.Count < MostShown ? $"{Words.Count(shown.Count)} of {Words.Count(All)}, live" : $"the first {MostShown} of {Words.Count(All)}, live: filter for others";

    private IReadOnlyList<KeyValuePair<WaitKind, int>> Waits => [.. (Line.View?.Pods.Waits ?? new Dictionary<WaitKind, int>()).Where(one => one.Key != WaitKind.Terminating).OrderByDescending(one => IsStuck(one.Key)).ThenByDescending(one => one.Value)];

    private IReadOnlyList<QuotaUse> Exhausted => [.. (Line.View?.Look?.Quotas ?? []).Where(one => one.IsExhausted)];

    private IReadOnlyList<FilterDef> Filters =>
    [
        new("phase", "phase", [.. ClusterWords.Phases.Select(one => new FilterOption(one.Word, one.Word))]) { OnlyOne = true },
        new("reason", "waits for", [.. ClusterWords.Reasons.Select(one => new FilterOption(one.Word, new PodWait(one.Value, null).Words))]) { OnlyOne = true },
        new("namespace", "namespace", [.. Line.Cluster.JobNamespaces.Select(one => new FilterOption(one, one))]) { OnlyOne = true },
        new("runner", "runner", [.. (Line.View?.Pods.Runners.Keys ?? []).Order(StringComparer.Ordinal).Select(one => new FilterOption(one, one))]) { OnlyOne = true },
    ];

    private PodFilter Filter => new(
        Url["namespace"], ClusterWords.Find(ClusterWords.Phases, Url["phase"]), ClusterWords.Find(ClusterWords.Reasons, Url["reason"]), Url["runner"],
        long.TryParse(Url["project"], out var project) ? project : null, Url["q"]);

    protected override void OnParametersSet()
    {
        var filter = Filter;
        if (isInside && filter.Equals(asked)) isStale = true;
        else Take();
    }

    private void Leave()
    {
        isInside = false;
        if (isStale) Take();
    }

    private void Take()
    {
        asked = Filter;
        (shown, isStale) = ([.. Live.InOrderOfNeed(Line.Cluster.Id, Filter, MostShown)], false);
    }

    private static bool IsStuck(WaitKind kind) => kind is not (WaitKind.Unscheduled or WaitKind.ContainerCreating or WaitKind.Initializing or WaitKind.Terminating);

    private static (VerdictKind Kind, string Word) Look(JobPod pod) => pod.Phase switch
    {
        PodPhase.Running => (VerdictKind.Pass, pod.Waits is null ? "running" : "running, " + Short(pod.Waits.Kind)),
        PodPhase.Succeeded => (VerdictKind.Pass, "succeeded"),
        PodPhase.Failed => (VerdictKind.Fail, pod.Waits is null ? "failed" : Short(pod.Waits.Kind)),
        PodPhase.Unknown => (VerdictKind.Unknown, "unknown"),
        _ => (pod.Waits is { } wait && IsStuck(wait.Kind) ? VerdictKind.Attention : VerdictKind.Wait, pod.Waits is { } kind ? Short(kind.Kind) : "pending"),
    };

    private static string Short(WaitKind kind) => kind switch
    {
        WaitKind.Unscheduled => "not scheduled yet",
        WaitKind.Unschedulable => "unschedulable",
        WaitKind.SchedulingGated => "scheduling gated",
        WaitKind.ImagePull => "image pull",
        WaitKind.Mount => "volume mount",
        WaitKind.ContainerCreating => "being created",
        WaitKind.Initializing => "initializing",
        WaitKind.ContainerConfig => "container configuration",
        WaitKind.CrashLoop => "crash loop",
        WaitKind.Disrupted => "disrupted",
        WaitKind.Terminating => "terminating",
        WaitKind.Sandbox => "sandbox",
        _ => "waits",
    };
}
