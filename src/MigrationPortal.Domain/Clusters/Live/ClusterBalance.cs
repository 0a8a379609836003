namespace MigrationPortal.Domain.Clusters.Live;

/// <summary>A cluster's part of its instance's jobs, beside its part of what all clusters can take at the same time.</summary>
/// <param name="Jobs">Job pods that are not done.</param>
/// <param name="Capacity">Jobs that its managers take at the same time; null when no manager tells.</param>
/// <param name="JobShare">Of the jobs of all clusters of the instance; null when there are none.</param>
/// <param name="CapacityShare">Null unless every cluster of the instance tells its capacity.</param>
public sealed record ClusterBalance(int Jobs, int? Capacity, double? JobShare, double? CapacityShare)
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

    public static IReadOnlyDictionary<long, ClusterBalance> Of(IEnumerable<ClusterView> views)
    {
        ArgumentNullException.ThrowIfNull(views);
        var all = views.Select(one => (one.Cluster, Jobs: one.Pods.Pending + one.Pods.Running, Capacity: CapacityOf(one.Look))).ToList();
        var jobs = all.Sum(one => one.Jobs);
        var capacity = all.All(one => one.Capacity > 0) ? all.Sum(one => one.Capacity) : null;
        return all.ToDictionary(
            one => one.Cluster,
            one => new ClusterBalance(one.Jobs, one.Capacity, jobs == 0 ? null : (double)one.Jobs / jobs, capacity is > 0 ? (double)one.Capacity!.Value / capacity : null));
    }

    private static int? CapacityOf(ClusterLook? look) =>
        look?.Managers?.Select(one => one.Metrics?.Capacity).OfType<int>().ToList() is { Count: > 0 } known ? known.Sum() : null;
}
