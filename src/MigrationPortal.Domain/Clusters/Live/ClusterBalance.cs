namespace MigrationPortal.Domain.Clusters.Live;

/// <summary>A cluster's part of its instance's jobs, beside its part of what all clusters can take at the same time.</summary>
/// <param name="Jobs">Job pods that are not done.</param>
/// <param name="Capacity">Jobs that its managers take at the same time; null unless every one of them tells.</param>
/// <param name="JobShare">Of the jobs of all clusters of the instance; null when there are none, or one of the clusters is not seen now.</param>
/// <param name="CapacityShare">Null unless every cluster of the instance tells its capacity.</param>
/// <param name="Unknown">Why something of this is not known, in a sentence; null: all is.</param>
public sealed record ClusterBalance(int Jobs, int? Capacity, double? JobShare, double? CapacityShare, string? Unknown)
{
    /// <summary>What moves jobs between clusters: GitLab has no weights, whoever asks first gets the job.</summary>
    public static IReadOnlyList<(string Knob, string Effect)> Knobs { get; } =
    [
        ("limit", "jobs of one runner at the same time, in config.toml: the firmest knob, and it only holds back"),
        ("concurrent", "jobs of one manager over all its runners, in config.toml"),
        ("request_concurrency", "how many jobs a manager asks for at once: a cluster that asks more often gets more"),
        ("replicas", "more managers ask more often, and take more: each has its own concurrent and limit"),
        ("tags", "jobs with a tag go only where a runner has it: the only way to say where, not how much"),
    ];

    /// <param name="clusters">How many the instance has, seen or not.</param>
    public static IReadOnlyDictionary<long, ClusterBalance> Of(int clusters, IReadOnlyCollection<ClusterView> views)
    {
        ArgumentNullException.ThrowIfNull(views);
        var all = views.Select(one => (View: one, Jobs: one.Pods.Pending + one.Pods.Running, Capacity: CapacityOf(one.Look))).ToList();
        var blind = clusters - views.Count(one => one.Freshness.State is WatchState.Watching or WatchState.Relisting);
        var jobs = blind == 0 ? all.Sum(one => one.Jobs) : 0;
        var capacity = blind == 0 && all.TrueForAll(one => one.Capacity > 0) ? all.Sum(one => one.Capacity) : null;
        return all.ToDictionary(
            one => one.View.Cluster,
            one => new ClusterBalance(one.Jobs, one.Capacity, jobs == 0 ? null : (double)one.Jobs / jobs, capacity is > 0 ? (double)one.Capacity!.Value / capacity : null, WhyUnknown(one.View, blind)));
    }

    private static string? WhyUnknown(ClusterView view, int blind)
    {
        if (view.Freshness.State is not (WatchState.Watching or WatchState.Relisting)) return "It is not seen now: these are the jobs that it had.";
        if (view.Look?.Managers is not { } managers) return "Its managers are not seen.";
        var silent = managers.Count(one => one.Metrics?.Capacity is null);
        return managers.Count == 0 ? "It has no manager."
            : silent > 0 ? $"{silent} of its {managers.Count} managers {(silent == 1 ? "does" : "do")} not tell how many jobs they take."
            : blind > 0 ? $"{blind} other {(blind == 1 ? "cluster is" : "clusters are")} not seen now: shares of all jobs are not known."
            : null;
    }

    // Half of them would look like all of them.
    private static int? CapacityOf(ClusterLook? look) =>
        look?.Managers is { Count: > 0 } managers && managers.All(one => one.Metrics?.Capacity is not null) ? managers.Sum(one => one.Metrics!.Capacity) : null;
}
