using k8s;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Infrastructure.Clusters;
using MigrationPortal.Infrastructure.Clusters.Live;

namespace MigrationPortal.Infrastructure.Tests.Clusters;

/// <summary>Against a real API server, by an administrator's kubeconfig. Makes a namespace of its own and takes it away again.</summary>
public sealed class RealClusterTests
{
    private const string Variable = "PORTAL_TEST_KUBECONFIG";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task RealApiServer_IsProbedReviewedAndWatched()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } path || !File.Exists(path))
        {
            Assert.Skip($"{Variable} names no kubeconfig of a real API server.");
            return;
        }

        var text = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var read = Kubeconfig.Read(text);
        read.Problems(null, ClusterRules.None).ShouldBeEmpty();
        var access = new ClusterAccess.Kubeconfig(read.Only(null), read.CurrentContext!);
        var gateway = new KubernetesGateway(SeededCluster.Doors());
        var probe = await gateway.ProbeAsync(access, default);
        probe.Trouble.ShouldBeNull();
        probe.Version.ShouldNotBeNull().ShouldStartWith("v1.");

        var space = $"portal-test-{Guid.NewGuid():N}"[..24];
        using var door = await SeededCluster.Doors().OpenAsync(access, default);
        await door.Client.CoreV1.CreateNamespaceAsync(new k8s.Models.V1Namespace { Metadata = new() { Name = space } }, cancellationToken: TestContext.Current.CancellationToken);
        try
        {
            var cluster = new Cluster(1, "real", Store.StoreFixture.Production, ConnectionFacts.Of(access), [space], space, [], 1);
            (await gateway.ReviewAsync(access, NeededPermissions.Of(cluster), default)).ShouldAllBe(one => one.IsGranted, "the kubeconfig must be an administrator's");
            await WatchAsync(door, space);
        }
        finally
        {
            await door.Client.CoreV1.DeleteNamespaceAsync(space, cancellationToken: CancellationToken.None);
        }
    }

    private static async Task WatchAsync(KubernetesDoor door, string space)
    {
        var book = new PodBook();
        using var over = new CancellationTokenSource();
        var watch = new PodWatch(door, space, book, WatchPace.Usual with { PageSize = 2 }, new SemaphoreSlim(1), () => { }, TimeProvider.System);
        var run = watch.RunAsync(over.Token);
        for (var number = 0; number < 5; number++)
        {
            var pod = new k8s.Models.V1Pod
            {
                Metadata = new() { Name = $"runner-{number}", Labels = new Dictionary<string, string> { ["job.runner.gitlab.com/pod"] = "runner" }, Annotations = new Dictionary<string, string> { ["job.runner.gitlab.com/id"] = $"{number + 1}" } },
                // On no node: an API server alone has none.
                Spec = new() { SchedulerName = "nobody", Containers = [new() { Name = "build", Image = "alpine", Resources = new() { Requests = new Dictionary<string, k8s.Models.ResourceQuantity> { ["cpu"] = new("500m") } } }] },
            };
            await door.Client.CoreV1.CreateNamespacedPodAsync(pod, space, cancellationToken: TestContext.Current.CancellationToken);
        }

        await UntilAsync(() => book.Count == 5 && watch.Freshness.State == WatchState.Watching);
        var one = book.Find(space, "runner-0")!;
        (one.Job, one.CpuMillis, one.Phase, one.Waits!.Kind).ShouldBe((1, 500, PodPhase.Pending, WaitKind.Unscheduled));
        await door.Client.CoreV1.DeleteNamespacedPodAsync("runner-0", space, gracePeriodSeconds: 0, cancellationToken: TestContext.Current.CancellationToken);
        await UntilAsync(() => book.Count == 4);
        await over.CancelAsync();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task UntilAsync(Func<bool> reached)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!reached())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience) Assert.Fail("Not reached within a minute.");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }
}
