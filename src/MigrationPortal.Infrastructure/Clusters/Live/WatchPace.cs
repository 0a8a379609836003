namespace MigrationPortal.Infrastructure.Clusters.Live;

/// <summary>How hard the live view asks API servers.</summary>
/// <param name="PageSize">Pods a request.</param>
/// <param name="FirstPause">After a first failure; doubled with each further one.</param>
/// <param name="LongestPause">After many.</param>
/// <param name="WatchLength">After so long an API server ends a watch; up to half as much is added by chance.</param>
/// <param name="Look">Between two looks at managers, nodes and quotas; up to half as much is added by chance.</param>
internal sealed record WatchPace(int PageSize, TimeSpan FirstPause, TimeSpan LongestPause, TimeSpan WatchLength, TimeSpan Look)
{
    public static WatchPace Usual { get; } = new(500, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(30));

    /// <summary>From 0 to 1.</summary>
    public Func<double> Chance { get; init; } = Random.Shared.NextDouble;
}
