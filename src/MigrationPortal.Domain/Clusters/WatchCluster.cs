using System.Globalization;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters;

/// <summary>Writes down how a cluster answered, and tells when it falls silent or refuses the portal, and when it is well again. One lost answer is no news.</summary>
public sealed class WatchCluster(IClusterHealthStore store, INotices notices, IPortalEvents events, IWorldClock clock, TimeProvider time)
{
    /// <summary>Real time that trouble must have lasted.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="before">How it answered last; null: never asked.</param>
    /// <param name="probe">As it answered just now.</param>
    public async Task<ClusterHealth> RunAsync(Cluster cluster, ClusterHealth? before, ClusterProbe probe, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        ArgumentNullException.ThrowIfNull(probe);
        var now = time.GetUtcNow();
        var health = new ClusterHealth(
            cluster.Id, now, probe.Version ?? before?.Version, probe.Trouble, probe.Trouble is null ? null : before?.TroubleSince ?? now, probe.Trouble is not null && before?.Told == true);
        if (health is { Trouble: { } trouble, TroubleSince: { } since, Told: false } && now - since >= Patience)
        {
            await notices.TellAsync(Lost(cluster, trouble, since), cancel);
            health = health with { Told = true };
        }

        if (health.IsWell && before is { Told: true, TroubleSince: { } began }) await notices.TellAsync(Back(cluster, began, now), cancel);
        await store.SaveAsync(health, cancel);
        if (before?.IsWell != health.IsWell || before.Version != health.Version || before.Trouble?.Kind != health.Trouble?.Kind)
            await events.PublishAsync(new PortalEvent(PortalTopic.Clusters, cluster.Instance, cluster.Id), cancel);
        return health;
    }

    private Notice Lost(Cluster cluster, ClusterTrouble trouble, DateTimeOffset since) => Of(
        cluster, NoticeKind.ClusterLost, NoticeSeverity.Attention, "lost", since, $"Cluster {cluster.Name} cannot be watched: {trouble.Sentence}",
        [new NoticeNumber("since", since.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture))]);

    private Notice Back(Cluster cluster, DateTimeOffset began, DateTimeOffset now) => Of(
        cluster, NoticeKind.ClusterBack, NoticeSeverity.Info, "back", began, $"Cluster {cluster.Name} can be watched again.",
        [new NoticeNumber("away for", string.Create(CultureInfo.InvariantCulture, $"{(now - began).TotalMinutes:0.#} min"))]);

    private Notice Of(Cluster cluster, NoticeKind kind, NoticeSeverity severity, string what, DateTimeOffset since, string sentence, IReadOnlyList<NoticeNumber> numbers) => new(
        cluster.Instance, kind, severity, string.Create(CultureInfo.InvariantCulture, $"cluster/{cluster.Id}/{what}/{since.UtcDateTime:O}"), sentence, numbers, $"clusters/{cluster.Id}", clock.Now(cluster.Instance));
}
