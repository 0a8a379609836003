using System.Text.Json.Serialization.Metadata;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Live;

namespace MigrationPortal.Infrastructure.Clusters.Live;

/// <summary>
/// Looks from time to time at what changes slowly: managers with their metrics, nodes, quotas, and warnings about pods that
/// are being created for long. A part that may not be read is left out, with the reason; when nothing answers, looks come seldom.
/// </summary>
internal sealed class ClusterLooks(KubernetesDoor door, Cluster cluster, PodBook book, WatchPace pace, Action<ClusterLook> taken, TimeProvider time)
{
    private const int PageSize = 500;
    private const int MostPages = 20;
    private const int MostScraped = 20;

    private static readonly TimeSpan Creating = TimeSpan.FromSeconds(20);

    public async Task RunAsync(CancellationToken cancel)
    {
        var backoff = new Backoff(pace.Look, TimeSpan.FromMinutes(10), pace.Chance);
        while (!cancel.IsCancellationRequested)
        {
            TimeSpan? asked = null;
            var (look, answered) = await LookAsync(retryAfter => asked = retryAfter, cancel);
            taken(look);
            if (answered) backoff.Reset();
            await Task.Delay(answered ? pace.Look * (1 + (pace.Chance() / 2)) : backoff.Next(asked), time, cancel);
        }
    }

    /// <returns>Whether anything answered, and did not ask for fewer requests.</returns>
    private async Task<(ClusterLook Look, bool Answered)> LookAsync(Action<TimeSpan?> busy, CancellationToken cancel)
    {
        var unread = new List<string>();
        var answered = false;
        async Task<T?> Try<T>(string what, Func<Task<T>> read) where T : class
        {
            try
            {
                var found = await read();
                answered = true;
                return found;
            }
            catch (ClusterUnavailableException fault)
            {
                answered |= fault.Status == 403;
                if (fault.Trouble.Kind == TroubleKind.Busy) busy(fault.RetryAfter);
                unread.Add($"{what}: {fault.Message}");
                return null;
            }
        }

        var space = $"namespaces/{cluster.ManagerNamespace}";
        var deployments = await Try("Deployments", () => AllAsync($"apis/apps/v1/{space}/deployments?limit={PageSize}", KubernetesJson.Default.DeploymentList, cancel));
        // With everything silent, four more questions would be answered no better.
        if (!answered) return (new ClusterLook(time.GetUtcNow(), null, null, null, null, unread), false);
        var pods = await Try("Managers", () => AllAsync($"api/v1/{space}/pods?limit={PageSize}&labelSelector={Uri.EscapeDataString($"!{PodReading.Selector}")}", KubernetesJson.Default.PodList, cancel));
        var managers = pods is null ? null : await ManagersAsync([.. pods.Where(ManagerReading.IsManager)], cancel);
        var nodes = await Try("Nodes", () => AllAsync($"api/v1/nodes?limit={PageSize}", KubernetesJson.Default.NodeList, cancel));
        var quotas = await Try("Quotas", () => QuotasAsync(cancel));
        await Try("Events", () => EventsAsync(cancel));
        return (
            new ClusterLook(
                time.GetUtcNow(), deployments is null ? null : [.. deployments.Where(ManagerReading.IsManager).Select(ManagerReading.Of)], managers,
                nodes is null ? null : [.. nodes.Select(NodeReading.Of)], quotas, unread),
            answered);
    }

    private async Task<IReadOnlyList<ManagerPod>> ManagersAsync(IReadOnlyList<PodDto> pods, CancellationToken cancel)
    {
        var read = new List<ManagerPod>(pods.Count);
        foreach (var pod in pods)
        {
            var (metrics, why) = read.Count < MostScraped ? await MetricsAsync(pod, cancel) : (null, $"Only the first {MostScraped} managers are asked for metrics.");
            read.Add(ManagerReading.Of(pod, metrics, why));
        }

        return read;
    }

    private async Task<(ManagerMetrics? Metrics, string? Why)> MetricsAsync(PodDto pod, CancellationToken cancel)
    {
        if (ManagerReading.MetricsPort(pod) is not { } port) return (null, "It opens no port for metrics: set listen_address, or metrics.enabled in the chart.");
        if (pod.Status?.Phase != "Running") return (null, "It does not run.");
        try
        {
            var text = await door.TextAsync($"api/v1/namespaces/{cluster.ManagerNamespace}/pods/{pod.Metadata!.Name}:{port}/proxy/metrics", 2 * 1024 * 1024, cancel);
            return (RunnerMetricsText.Read(text), null);
        }
        catch (ClusterUnavailableException fault)
        {
            return (null, fault.Message);
        }
    }

    private async Task<IReadOnlyList<QuotaUse>> QuotasAsync(CancellationToken cancel)
    {
        var found = new List<QuotaUse>();
        foreach (var space in cluster.JobNamespaces)
            found.AddRange((await AllAsync($"api/v1/namespaces/{space}/resourcequotas?limit={PageSize}", KubernetesJson.Default.QuotaList, cancel)).SelectMany(one => NodeReading.Of(one, space)));
        return found;
    }

    private async Task<IReadOnlyList<JobPod>> EventsAsync(CancellationToken cancel)
    {
        var slow = book.Creating(time.GetUtcNow() - Creating);
        foreach (var space in slow.GroupBy(one => one.Namespace))
        {
            var warnings = await AllAsync($"api/v1/namespaces/{space.Key}/events?limit={PageSize}&fieldSelector={Uri.EscapeDataString("involvedObject.kind=Pod,type=Warning")}", KubernetesJson.Default.EventList, cancel);
            foreach (var pod in space)
                if (warnings.Where(one => one.InvolvedObject?.Name == pod.Name).Select(one => PodSigns.FromEvent(one.Reason, one.Message)).LastOrDefault(one => one is not null) is { } wait)
                    book.Replace(pod, pod with { Waits = wait });
        }

        return slow;
    }

    private async Task<IReadOnlyList<T>> AllAsync<T>(string path, JsonTypeInfo<ListDto<T>> type, CancellationToken cancel)
    {
        var (all, next) = (new List<T>(), (string?)null);
        for (var page = 0; page < MostPages; page++)
        {
            var read = await door.GetAsync(next is null ? path : $"{path}&continue={Uri.EscapeDataString(next)}", type, cancel);
            all.AddRange(read.Items ?? []);
            next = read.Metadata?.Continue;
            if (string.IsNullOrEmpty(next)) break;
        }

        return all;
    }
}
