using Microsoft.Extensions.Logging.Abstractions;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Clusters.Live;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters;

public sealed class ClusterLiveTests(PostgresFixture postgres)
{
    private static readonly WatchPace Quick = WatchPace.Usual with { FirstPause = TimeSpan.FromMilliseconds(50), Look = TimeSpan.FromMilliseconds(200) };

    [Fact]
    public async Task Look_FindsManagersNodesQuotas_AndScrapesThroughTheApiServer()
    {
        await using var cluster = await SeededCluster.StartAsync();
        cluster.Server.Objects.Put("""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"runner","namespace":"gitlab-runner"},
             "spec":{"replicas":2,"selector":{"matchLabels":{"app":"runner"} },"template":{"metadata":{"labels":{"app":"runner"} },"spec":{"containers":[{"name":"r","image":"registry.gitlab.com/gitlab-org/gitlab-runner:alpine-v19.3.0"}]} } },
             "status":{"readyReplicas":1,"conditions":[{"type":"ReplicaFailure","status":"True","reason":"FailedCreate","message":"exceeded quota"}]} }
            """);
        cluster.Server.Objects.Put("""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"runner-5d8f-abcde","namespace":"gitlab-runner","labels":{"app":"runner","pod-template-hash":"5d8f"},"ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet","name":"runner-5d8f","uid":"u"}]},
             "spec":{"nodeName":"node-1","containers":[{"name":"r","image":"registry.gitlab.com/gitlab-org/gitlab-runner:alpine-v19.3.0","ports":[{"name":"metrics","containerPort":9252}]}]},
             "status":{"phase":"Running","containerStatuses":[{"name":"r","image":"i","imageID":"i","ready":true,"restartCount":2,"state":{"running":{} } }]} }
            """);
        cluster.Server.Objects.Put("""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"other","namespace":"gitlab-runner"},"spec":{"containers":[{"name":"x","image":"gitlab/gitlab-runner-helper:x"}]} }""");
        cluster.Server.Objects.Put("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-1"},"status":{"allocatable":{"cpu":"4","memory":"8Gi","pods":"110"},"conditions":[{"type":"Ready","status":"True"}]} }""");
        cluster.Server.Objects.Put("""{"apiVersion":"v1","kind":"Node","metadata":{"name":"node-2"},"spec":{"unschedulable":true},"status":{"allocatable":{"cpu":"4","memory":"8Gi"},"conditions":[{"type":"Ready","status":"True"}]} }""");
        cluster.Server.PodProxy = call => call is { Pod: "runner-5d8f-abcde", Port: "9252", Path: "/metrics" }
            ? "gitlab_runner_concurrent 10\ngitlab_runner_jobs{runner=\"t1\",runner_name=\"k8s\",system_id=\"r_1\",state=\"running\"} 3\ngitlab_runner_version_info{version=\"19.3.1\"} 1\n" : null;
        cluster.PutJob(1);
        await using var watch = Watch(cluster);
        await UntilAsync(() => watch.View() is { Look: not null, Pods.Running: 1 });

        var look = watch.View().Look!;
        look.Unread.ShouldBeEmpty();
        look.Deployments.ShouldHaveSingleItem().Trouble.ShouldBe("FailedCreate: exceeded quota");
        var manager = look.Managers.ShouldHaveSingleItem();
        (manager.Deployment, manager.ImageVersion, manager.IsReady, manager.Restarts, manager.Metrics!.Version, manager.Metrics.Jobs, manager.Metrics.Capacity).ShouldBe(("runner", "v19.3.0", true, 2, "19.3.1", 3, 10));
        look.Nodes!.Single(one => one.Name == "node-1").ShouldBe(new ClusterNode("node-1", 4000, 8L << 30, 110, null));
        look.Nodes!.Single(one => one.Name == "node-2").Trouble.ShouldBe("cordoned");
        var room = Headroom.Of(watch.View())!;
        (room.Nodes, room.Unusable, room.CpuAsked).ShouldBe((1, 1, 600));
    }

    [Fact]
    public async Task Look_WhatMayNotBeSeen_IsLeftOutWithTheReason()
    {
        await using var cluster = await SeededCluster.StartAsync();
        cluster.Server.AddToken("nobody", "nobody");
        await using var watch = new ClusterWatch(
            cluster.Cluster(), stop => SeededCluster.Doors().OpenAsync(new ClusterAccess.Token(cluster.Server.Url.ToString(), "nobody", cluster.Server.CaPem), stop), Quick, new SemaphoreSlim(1), () => { }, TimeProvider.System, NullLogger.Instance);
        await UntilAsync(() => watch.View() is { Look: not null, Freshness.State: WatchState.Unreachable });
        watch.View().Freshness.Why!.Kind.ShouldBe(TroubleKind.Forbidden);
        var look = watch.View().Look!;
        (look.Managers, look.Nodes, look.Deployments, look.Quotas).ShouldBe((null, null, null, null));
        look.Unread.Count.ShouldBe(4);
        look.Unread.ShouldContain(one => one.StartsWith("Nodes: The API server says no", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Warning_OfAPodThatIsBeingCreatedForLong_SaysWhatItWaitsFor()
    {
        await using var cluster = await SeededCluster.StartAsync();
        var pod = SeededCluster.JobPod(1, status: """{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"True"}],"containerStatuses":[{"name":"build","image":"i","imageID":"","ready":false,"restartCount":0,"state":{"waiting":{"reason":"ContainerCreating"} } }]}""");
        cluster.Server.Objects.Put(pod);
        var name = pod["metadata"]!["name"]!.GetValue<string>();
        cluster.Server.Objects.Put($$$"""
            {"apiVersion":"v1","kind":"Event","metadata":{"name":"e1","namespace":"ci-jobs"},"type":"Warning","reason":"FailedMount","message":"secret \"ci-secrets\" not found","involvedObject":{"kind":"Pod","name":"{{{name}}}","namespace":"ci-jobs"} }
            """);
        var later = new Later();
        await using var watch = new ClusterWatch(cluster.Cluster(), stop => SeededCluster.Doors().OpenAsync(cluster.Access, stop), Quick, new SemaphoreSlim(1), () => { }, later, NullLogger.Instance);
        await UntilAsync(() => watch.Book.Find("ci-jobs", name)?.Waits?.Kind == WaitKind.Mount);
        watch.Book.Find("ci-jobs", name)!.Waits!.Message.ShouldBe("secret \"ci-secrets\" not found");
    }

    [Fact]
    public async Task Host_WatchesWhatIsStored_AndStopsWhatIsNot()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        await using var cluster = await SeededCluster.StartAsync();
        cluster.PutJob(1);
        var clusters = store.Get<IClusterStore>();
        using var host = new ClusterWatchHost(clusters, SeededCluster.Doors(), new Silent(), Quick, TimeProvider.System, NullLogger<ClusterWatchHost>.Instance);
        var added = (await clusters.AddAsync(cluster.Cluster(), cluster.Access, default))!;
        await host.MatchAsync(default);
        var told = 0;
        using var subscription = host.Subscribe(added.Id, TimeSpan.FromMilliseconds(20), () =>
        {
            Interlocked.Increment(ref told);
            return Task.CompletedTask;
        });
        await UntilAsync(() => host.Find(added.Id)?.Pods.Running == 1);
        host.Page(added.Id, new PodFilter(), null, 10).ShouldHaveSingleItem();
        cluster.PutJob(2);
        await UntilAsync(() => told > 0 && host.InOrderOfNeed(added.Id, new PodFilter(), 10).Count == 2);

        var changed = (await clusters.SaveAsync(added with { JobNamespaces = [SeededCluster.Managers] }, null, default))!;
        await host.MatchAsync(default);
        await UntilAsync(() => host.Find(changed.Id) is { Freshness.State: WatchState.Watching, Pods.Running: 0 });
        await clusters.RemoveAsync(added.Id, default);
        await host.MatchAsync(default);
        host.Find(added.Id).ShouldBeNull();
        await UntilAsync(() => cluster.Server.Faults.OpenWatches == 0);
        await host.StopAsync(default);
    }

    private static ClusterWatch Watch(SeededCluster cluster) =>
        new(cluster.Cluster(), stop => SeededCluster.Doors().OpenAsync(cluster.Access, stop), Quick, new SemaphoreSlim(1), () => { }, TimeProvider.System, NullLogger.Instance);

    private static async Task UntilAsync(Func<bool> reached)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!reached())
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(60)) Assert.Fail("Not reached within a minute.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    private sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddMinutes(1);
    }

    private sealed class Silent : IPortalEvents, IDisposable
    {
        public IDisposable Subscribe(Func<PortalEvent, Task> handler) => this;

        public Task PublishAsync(PortalEvent happened, CancellationToken cancel) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }
}
