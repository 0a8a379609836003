using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Infrastructure.Clusters;
using MigrationPortal.Infrastructure.Clusters.Live;

namespace MigrationPortal.Infrastructure.Tests.Clusters;

public sealed class PodWatchTests : IAsyncLifetime
{
    private static readonly WatchPace Quick = WatchPace.Usual with { PageSize = 4, FirstPause = TimeSpan.FromMilliseconds(20), LongestPause = TimeSpan.FromMilliseconds(200), Chance = () => 0.5 };

    private readonly CancellationTokenSource _over = new();
    private readonly PodBook _book = new();
    private SeededCluster _cluster = null!;
    private KubernetesDoor _door = null!;
    private PodWatch _watch = null!;
    private Task _run = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _cluster = await SeededCluster.StartAsync();
        _door = await _cluster.OpenAsync();
    }

    [Fact]
    public async Task List_ByPages_ThenEveryChangeIsSeen_WithoutAnotherList()
    {
        for (var number = 0; number < 10; number++) _cluster.PutJob(number);
        _cluster.Server.Objects.Put(SeededCluster.JobPod(99, space: SeededCluster.Managers));
        await StartAsync(10);
        Lists.ShouldBe(3, "ten pods, four a page");

        _cluster.PutJob(10, status: """{"phase":"Pending","conditions":[{"type":"PodScheduled","status":"False","reason":"Unschedulable","message":"0/3 nodes are available: 3 Insufficient cpu."}]}""");
        await UntilAsync(() => _book.Count == 11);
        var pod = _book.Page(new PodFilter(Phase: PodPhase.Pending), null, 10).ShouldHaveSingleItem();
        (pod.Job, pod.Project, pod.ProjectPath, pod.Runner, pod.Node).ShouldBe((900010, 42, "physics/detector/widget", "t1_aBcDeF", "node-1"));
        (pod.CpuMillis, pod.MemoryBytes, pod.Waits).ShouldBe((600, (1024L + 256) * 1048576, new PodWait(WaitKind.Unschedulable, "0/3 nodes are available: 3 Insufficient cpu.")));

        _cluster.PutJob(10);
        await UntilAsync(() => _book.Counts() is { Pending: 0, Running: 11 });
        _cluster.Server.Objects.Remove("pods", SeededCluster.Jobs, pod.Name);
        await UntilAsync(() => _book.Count == 10);
        (Lists, Watches).ShouldBe((3, 1));
    }

    [Fact]
    public async Task BrokenWatch_GoesOnWhereItWas_WithoutAList()
    {
        _cluster.PutJob(1);
        await StartAsync(1);
        _cluster.Server.Faults.DropWatches();
        _cluster.PutJob(2);
        await UntilAsync(() => _book.Count == 2);
        Lists.ShouldBe(1);
        Watches.ShouldBeLessThanOrEqualTo(3);
    }

    [Fact]
    public async Task HistoryForgotten_ListsOnce_AndDropsWhatIsGone()
    {
        _cluster.PutJob(1);
        _cluster.PutJob(2);
        await StartAsync(2);
        _cluster.Server.Faults.RefuseConnections = true;
        _cluster.Server.Faults.DropWatches();
        await UntilAsync(() => _watch.Freshness.State == WatchState.Unreachable);
        _cluster.Server.Objects.Remove("pods", SeededCluster.Jobs, _book.Page(new PodFilter(), null, 1)[0].Name);
        _cluster.Server.Faults.Compact();
        _cluster.Server.Faults.RefuseConnections = false;

        await UntilAsync(() => _book.Count == 1);
        await UntilAsync(() => _watch.Freshness.State == WatchState.Watching);
        Lists.ShouldBe(2);
    }

    [Fact]
    public async Task Refused_IsAskedSeldom_AndSaysWhy()
    {
        _cluster.Server.Faults.InternalErrors(int.MaxValue);
        _run = Run();
        await UntilAsync(() => _door.Requests >= 4);
        _watch.Freshness.State.ShouldBe(WatchState.Unreachable);
        _watch.Freshness.Why!.Sentence.ShouldContain("500");
        _watch.Freshness.SeenAt.ShouldBeNull();
        // With pauses of 15, 30, 60, 120, 150 ms: a storm would have asked hundreds of times.
        _door.Requests.ShouldBeLessThan(12);
    }

    [Fact]
    public async Task TooManyRequests_WaitsAsLongAsTheServerSays()
    {
        _cluster.PutJob(1);
        _cluster.Server.Faults.TooManyRequests(1, TimeSpan.FromSeconds(2));
        var began = TimeProvider.System.GetTimestamp();
        await StartAsync(1);
        TimeProvider.System.GetElapsedTime(began).ShouldBeGreaterThan(TimeSpan.FromSeconds(2));
        _door.Requests.ShouldBe(3, "a list that was refused, one that was not, and the watch");
    }

    [Fact]
    public async Task WatchesThatEndAtOnce_AreNoStorm()
    {
        _cluster.PutJob(1);
        await StartAsync(1);
        for (var turn = 0; turn < 40; turn++)
        {
            _cluster.Server.Faults.EndWatches();
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        Watches.ShouldBeLessThan(20, "a second of ends at once, with pauses of up to 150 ms");
        Lists.ShouldBe(1);
    }

    private int Lists => _cluster.Server.Faults.CountOf("list", "pods");

    private int Watches => _cluster.Server.Faults.CountOf("watch", "pods");

    private async Task StartAsync(int pods)
    {
        _run = Run();
        await UntilAsync(() => _book.Count == pods && _watch.Freshness.State == WatchState.Watching && _cluster.Server.Faults.OpenWatches == 1);
    }

    private Task Run()
    {
        _watch = new PodWatch(_door, SeededCluster.Jobs, _book, Quick, new SemaphoreSlim(1), () => { }, TimeProvider.System);
        return _watch.RunAsync(_over.Token);
    }

    private async Task UntilAsync(Func<bool> reached)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!reached())
        {
            if (TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(30)) Assert.Fail($"Not reached within half a minute: {_book.Count} pods, {_watch.Freshness}.");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _door.Dispose();
        await _cluster.DisposeAsync();
        _over.Dispose();
    }
}
