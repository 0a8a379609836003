using System.Net;
using k8s;
using k8s.Models;
using Microsoft.Extensions.Time.Testing;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Tests.Kubernetes;

public sealed class ClusterFaultTests
{
    [Fact]
    public async Task TooManyRequests_HasRetryAfter_AndEndsAfterItsCalls()
    {
        await using var test = await TestCluster.StartAsync();
        test.Cluster.Faults.TooManyRequests(1, TimeSpan.FromSeconds(3));

        using var hit = await test.SendAsync(HttpMethod.Get, "/api/v1/pods");
        using var after = await test.SendAsync(HttpMethod.Get, "/api/v1/pods");

        hit.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        hit.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(3));
        (await TestCluster.JsonOf(hit))["reason"]!.ToString().ShouldBe("TooManyRequests");
        after.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task InternalErrors_AreStatusObjects()
    {
        await using var test = await TestCluster.StartAsync();
        test.Cluster.Faults.InternalErrors(1);

        (await TestCluster.RefusalOf(test.Admin.CoreV1.ListNamespaceAsync(), HttpStatusCode.InternalServerError)).Reason.ShouldBe("InternalError");
    }

    [Fact]
    public async Task RefusedConnections_EndWithoutAnAnswer()
    {
        await using var test = await TestCluster.StartAsync();
        test.Cluster.Faults.RefuseConnections = true;

        await Should.ThrowAsync<HttpRequestException>(test.SendAsync(HttpMethod.Get, "/version"));
        test.Cluster.Faults.Clear();
        (await test.SendAsync(HttpMethod.Get, "/version")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Latency_PassesByTheClustersClock()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));
        await using var test = await TestCluster.StartAsync(new KubernetesOptions { Time = time });
        test.Cluster.Faults.Latency = TimeSpan.FromMinutes(5);

        var call = test.Admin.CoreV1.ListNamespaceAsync();
        await test.Cluster.Faults.FirstWait;
        call.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromMinutes(5));

        (await call).Items.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task DroppedWatch_BreaksAtTheCaller_AndCallsAreCounted()
    {
        await using var test = await TestCluster.StartAsync();
        var seen = 0;

        var watch = async () =>
        {
            await foreach (var _ in test.Admin.CoreV1.WatchListNamespaceAsync())
            {
                if (++seen == 4)
                {
                    test.Cluster.Faults.DropWatches();
                }
            }
        };

        await Should.ThrowAsync<IOException>(watch);
        test.Cluster.Faults.CountOf("watch", "namespaces").ShouldBe(1);
        test.Cluster.Faults.CountOf("list", "namespaces").ShouldBe(0);
    }

    [Fact]
    public async Task Watch_TimeIsUp_EndsByTheClustersClockAfterABookmark()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 12, 1, 9, 0, 0, TimeSpan.Zero));
        await using var test = await TestCluster.StartAsync(new KubernetesOptions { Time = time });
        var version = (await test.Admin.CoreV1.ListNamespaceAsync()).Metadata.ResourceVersion;
        var kinds = new List<WatchEventType>();

        await foreach (var (kind, item) in test.Admin.CoreV1.WatchListNamespaceAsync(allowWatchBookmarks: true, timeoutSeconds: 90, sendInitialEvents: true,
            resourceVersionMatch: "NotOlderThan"))
        {
            kinds.Add(kind);
            if (kind == WatchEventType.Bookmark)
            {
                item.Metadata.ResourceVersion.ShouldBe(version);
                time.Advance(TimeSpan.FromSeconds(60));
            }
        }

        kinds.ShouldBe([.. Enumerable.Repeat(WatchEventType.Added, 4), WatchEventType.Bookmark, WatchEventType.Bookmark]);
    }
}
