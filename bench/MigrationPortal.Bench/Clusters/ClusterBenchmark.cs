using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using k8s;
using Microsoft.Extensions.Logging.Abstractions;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Live;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Clusters;
using MigrationPortal.Infrastructure.Clusters.Live;

namespace MigrationPortal.Bench.Clusters;

/// <summary>The live view of clusters: what 500 clusters with 50,000 job pods take in memory, and what one change costs among so many.</summary>
internal static class ClusterBenchmark
{
    private const int Clusters = 500;
    private const int PodsEach = 100;
    private const double MostMegabytes = 200;
    private const int Updates = 20_000;

    public static Benchmark Memory { get; } = new("cluster-memory", "MB", true, Goal.AtMost(1), (_, _) => Task.FromResult(new Contest(MeasureAsync, _ => Task.FromResult(MostMegabytes), Repetitions: 3)))
    {
        Method = "500 clusters of 100 job pods listed and watched through 500 clients, all that is held after a collection; sockets and TLS aside. Limit: 200 MB",
    };

    public static Benchmark Update { get; } = new("cluster-update", "µs", true, Goal.AtMost(3), (_, _) => Task.FromResult(PrepareUpdate()))
    {
        Method = "one watch event of a job pod read and taken in among 50,000 pods of one cluster, against the same among 500",
    };

    private static async Task<double> MeasureAsync(CancellationToken cancel)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var turns = new SemaphoreSlim(8);
        var watches = Enumerable.Range(0, Clusters).Select(number => Watch(number, turns)).ToList();
        while (watches.Exists(one => one.Book.Count < PodsEach || one.View() is not { Freshness.State: WatchState.Watching, Look: not null })) await Task.Delay(100, cancel);
        var held = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1e6;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"# cluster-memory: {watches.Sum(one => one.Book.Count):#,0} pods, {held * 1e6 / (Clusters * PodsEach):0} bytes a pod with its share of clients and watches"));
        foreach (var watch in watches) await watch.DisposeAsync();
        return held;
    }

    private static ClusterWatch Watch(int number, SemaphoreSlim turns)
    {
        var facts = new ConnectionFacts(ConnectionKind.Token, "10.0.0.1", null, null, "token", null, null);
        var cluster = new Cluster(number, $"cluster-{number}", new InstanceId("production"), facts, ["ci-jobs"], "gitlab-runner", [], 1);
        return new ClusterWatch(cluster, _ => Task.FromResult(Door(number)), WatchPace.Usual with { Look = TimeSpan.FromMinutes(30) }, turns, () => { }, TimeProvider.System, NullLogger.Instance);
    }

    private static KubernetesDoor Door(int number) =>
        new(new k8s.Kubernetes(new KubernetesClientConfiguration { Host = "https://10.0.0.1", AccessToken = "token" }, new StubApiServer(number, PodsEach)), [], TimeProvider.System);

    private static Contest PrepareUpdate()
    {
        var (large, small) = (Book(50_000), Book(500));
        return new Contest(_ => Task.FromResult(Micros(large, 50_000)), _ => Task.FromResult(Micros(small, 500)), Repetitions: 7);
    }

    private static PodBook Book(int pods)
    {
        var book = new PodBook();
        for (var number = 0; number < pods; number++) book.Put(Read(Event(number)));
        return book;
    }

    private static double Micros(PodBook book, int pods)
    {
        var events = Enumerable.Range(0, 200).Select(one => Event(one * (pods / 200))).ToArray();
        var later = DateTimeOffset.UnixEpoch;
        var start = Stopwatch.GetTimestamp();
        for (var turn = 0; turn < Updates; turn++) book.Put(Read(events[turn % events.Length]) with { StartedAt = later = later.AddSeconds(1) });
        return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Updates;
    }

    private static byte[] Event(int number) => Encoding.UTF8.GetBytes($$"""{"type":"MODIFIED","object":{{StubApiServer.Pod(1, number)}}}""");

    private static JobPod Read(byte[] happened) => PodReading.Of(JsonSerializer.Deserialize(happened, MigrationPortal.Infrastructure.Clusters.KubernetesJson.Default.WatchEventDto)!.Object!, "ci-jobs")!;
}
