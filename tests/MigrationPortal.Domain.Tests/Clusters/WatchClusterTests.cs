using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Domain.Tests.Shared;

namespace MigrationPortal.Domain.Tests.Clusters;

public sealed class WatchClusterTests : IClusterHealthStore, IPortalEvents, IWorldClock, IDisposable
{
    private static readonly Cluster Cluster = new(
        7, "prod-a", new InstanceId("production"), new ConnectionFacts(ConnectionKind.Token, "10.0.0.1", null, null, "token", null, null), ["ci"], "gitlab-runner", [], 1);

    private static readonly ClusterProbe Well = new("v1.36.0", "portal", null);
    private static readonly ClusterProbe Silent = new(null, null, new ClusterTrouble(TroubleKind.Unreachable, "It does not answer."));

    private readonly Stepped _time = new();
    private readonly MemoryNotices _notices = new();
    private ClusterHealth? _health;
    private int _hints;

    [Fact]
    public async Task OneLostAnswer_IsNoNews()
    {
        await LookAsync(Well, Silent, Well);
        _notices.Told.ShouldBeEmpty();
        _hints.ShouldBe(3);
        _health!.Version.ShouldBe("v1.36.0");
    }

    [Fact]
    public async Task TroubleThatLasts_IsToldOnce_AndSoIsItsEnd()
    {
        await LookAsync(Well, Silent, Silent, Silent, Silent, Silent);
        var lost = _notices.Told.ShouldHaveSingleItem();
        (lost.Kind, lost.Link, lost.Sentence).ShouldBe((NoticeKind.ClusterLost, "clusters/7", "Cluster prod-a cannot be watched: It does not answer."));
        (_health!.Version, _health.TroubleSince).ShouldBe(("v1.36.0", new DateTimeOffset(2026, 11, 2, 12, 1, 0, TimeSpan.Zero)));

        await LookAsync(Well, Well);
        _notices.Told.Count.ShouldBe(2);
        (_notices.Told[1].Kind, _notices.Told[1].Numbers[0].Value).ShouldBe((NoticeKind.ClusterBack, "5 min"));
    }

    [Fact]
    public async Task SecondEpisode_HasANoticeOfItsOwn()
    {
        await LookAsync(Silent, Silent, Silent, Well, Silent, Silent, Silent);
        _notices.Told.Select(one => one.Kind).ShouldBe([NoticeKind.ClusterLost, NoticeKind.ClusterBack, NoticeKind.ClusterLost]);
        _notices.Told.Select(one => one.Key).ShouldBeUnique();
    }

    private async Task LookAsync(params ClusterProbe[] probes)
    {
        var watch = new WatchCluster(this, _notices, this, this, _time);
        foreach (var probe in probes)
        {
            await watch.RunAsync(Cluster, _health, probe, default);
            _time.Now += TimeSpan.FromMinutes(1);
        }
    }

    Task<IReadOnlyDictionary<long, ClusterHealth>> IClusterHealthStore.AllAsync(CancellationToken cancel) => throw new NotSupportedException();

    Task IClusterHealthStore.SaveAsync(ClusterHealth health, CancellationToken cancel)
    {
        _health = health;
        return Task.CompletedTask;
    }

    IDisposable IPortalEvents.Subscribe(Func<PortalEvent, Task> handler) => this;

    Task IPortalEvents.PublishAsync(PortalEvent happened, CancellationToken cancel)
    {
        _hints++;
        return Task.CompletedTask;
    }

    DateTimeOffset IWorldClock.Now(InstanceId instance) => _time.GetUtcNow();

    double IWorldClock.Speed(InstanceId instance) => 1;

    public void Dispose()
    {
    }

    private sealed class Stepped : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
