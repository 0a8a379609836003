namespace MigrationPortal.Domain.Clusters.Live;

/// <summary>A pod of a runner manager.</summary>
/// <param name="Deployment">What it belongs to: a Deployment, or another controller's name; empty for a bare pod.</param>
/// <param name="ImageVersion">The tag of its image, such as <c>v19.3.0</c>; null for a digest.</param>
/// <param name="Node">Null until it is scheduled.</param>
/// <param name="Metrics">Null when they could not be read: then <paramref name="NoMetrics"/> says why.</param>
public sealed record ManagerPod(
    string Name, string Deployment, string? ImageVersion, bool IsReady, int Restarts, string? Node, string? Waits, DateTimeOffset CreatedAt, ManagerMetrics? Metrics, string? NoMetrics);

/// <summary>A Deployment whose containers are runner managers.</summary>
/// <param name="Trouble">Why it has fewer pods than it wants, such as an exceeded quota; null: it has them.</param>
public sealed record ManagerDeployment(string Name, string? ImageVersion, int Wanted, int Ready, string? Trouble);

/// <summary>What a manager says of itself at <c>/metrics</c>.</summary>
/// <param name="Version">Of gitlab-runner.</param>
/// <param name="State">Such as <c>running</c> or <c>graceful-shutdown</c>.</param>
/// <param name="Concurrent">Jobs over all its runners; null when it does not say.</param>
public sealed record ManagerMetrics(string? Version, string? State, int? Concurrent, IReadOnlyList<RunnerMetrics> Runners)
{
    public int Jobs => Runners.Sum(one => one.Jobs);

    /// <summary>Jobs that it takes at the same time: the smaller of <c>concurrent</c> and the limits of its runners; null when neither says.</summary>
    public int? Capacity
    {
        get
        {
            var limits = Runners.Count > 0 && Runners.All(one => one.Limit > 0) ? Runners.Sum(one => one.Limit) : (int?)null;
            return (Concurrent, limits) switch
            {
                ({ } concurrent, { } limit) => Math.Min(concurrent, limit),
                ({ } concurrent, null) => concurrent,
                _ => limits,
            };
        }
    }
}

/// <param name="Runner">Short token.</param>
/// <param name="SystemId">Empty when it does not say.</param>
/// <param name="Limit">0: none.</param>
public sealed record RunnerMetrics(string Runner, string Name, string SystemId, int Jobs, int Limit);
