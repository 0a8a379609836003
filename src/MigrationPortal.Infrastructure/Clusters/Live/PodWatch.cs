using System.Text.Json;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Live;

namespace MigrationPortal.Infrastructure.Clusters.Live;

/// <summary>
/// Follows the job pods of one namespace: reads the list page by page, then watches from its version on. A watch that ends
/// goes on from the last version seen; only when the API server does not remember it (410) is the list read again.
/// </summary>
internal sealed class PodWatch(KubernetesDoor door, string space, PodBook book, WatchPace pace, SemaphoreSlim listTurns, Action changed, TimeProvider time)
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(30);

    private readonly Backoff _backoff = new(pace.FirstPause, pace.LongestPause, pace.Chance);
    private readonly string _pods = $"api/v1/namespaces/{space}/pods?labelSelector={Uri.EscapeDataString(PodReading.Selector)}";
    private string? _version;

    public WatchFreshness Freshness { get; private set; } = new(WatchState.Starting, null, time.GetUtcNow());

    /// <summary>Until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                if (_version is null) await ListAsync(cancel);
                await WatchAsync(cancel);
            }
            // Credentials that are not accepted any more are asked for anew by whoever opened the way.
            catch (ClusterUnavailableException fault) when (fault.Trouble.Kind != TroubleKind.Credentials)
            {
                if (fault.Status == 410) _version = null;
                await PauseAsync(fault, cancel);
            }
        }
    }

    private async Task ListAsync(CancellationToken cancel)
    {
        if (Freshness.SeenAt is not null) Is(WatchState.Relisting);
        await listTurns.WaitAsync(cancel);
        try
        {
            var (seen, next, version) = (new HashSet<string>(StringComparer.Ordinal), (string?)null, (string?)null);
            do
            {
                var page = await door.GetAsync($"{_pods}&limit={pace.PageSize}{(next is null ? "" : $"&continue={Uri.EscapeDataString(next)}")}", KubernetesJson.Default.PodList, cancel);
                foreach (var pod in (page.Items ?? []).Select(one => PodReading.Of(one, space)).OfType<JobPod>())
                {
                    book.Put(pod);
                    seen.Add(pod.Name);
                }

                (next, version) = (page.Metadata?.Continue, page.Metadata?.ResourceVersion);
            }
            while (!string.IsNullOrEmpty(next));
            book.KeepOnly(space, seen);
            _version = version ?? throw new ClusterUnavailableException(new ClusterTrouble(TroubleKind.Unreachable, "What answered is no API server of Kubernetes: its list has no version."));
            Is(WatchState.Watching);
            changed();
        }
        finally
        {
            listTurns.Release();
        }
    }

    private async Task WatchAsync(CancellationToken cancel)
    {
        var length = pace.WatchLength * (1 + (pace.Chance() / 2));
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var timer = time.CreateTimer(_ => limited.Cancel(), null, length + Slack, Timeout.InfiniteTimeSpan);
        using var response = await door.OpenAsync($"{_pods}&watch=true&allowWatchBookmarks=true&timeoutSeconds={(int)length.TotalSeconds}&resourceVersion={Uri.EscapeDataString(_version!)}", cancel);
        Is(WatchState.Watching);
        var (began, heard) = (time.GetUtcNow(), false);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancel);
            await foreach (var happened in JsonSerializer.DeserializeAsyncEnumerable(stream, KubernetesJson.Default.WatchEventDto, topLevelValues: true, limited.Token))
            {
                Take(happened);
                heard = true;
            }
        }
        catch (Exception fault) when (fault is not ClusterUnavailableException && !cancel.IsCancellationRequested)
        {
            if (!limited.IsCancellationRequested) throw KubernetesFaults.Of(fault);
        }
        finally
        {
            if (time.GetUtcNow() - began >= Steady(length)) _backoff.Reset();
        }

        // An end that came soon is no end of a watch: without a pause that would be a storm.
        if (time.GetUtcNow() - began >= Steady(length)) return;
        if (!heard) throw new ClusterUnavailableException(new ClusterTrouble(TroubleKind.Unreachable, "The API server ends every watch at once."));
        await Task.Delay(_backoff.Next(null), time, cancel);
    }

    // So long a watch works.
    private static TimeSpan Steady(TimeSpan length) => length / 2 < Slack ? length / 2 : Slack;

    private void Take(WatchEventDto? happened)
    {
        if (happened is not { Type: { } type, Object: { } pod }) return;
        if (type == "ERROR")
        {
            throw new ClusterUnavailableException(
                pod.Code == 429 ? new ClusterTrouble(TroubleKind.Busy, "The API server asks for fewer requests.") : new ClusterTrouble(TroubleKind.Unreachable, pod.Code == 410 ? "The API server does not remember where the watch was: the list is read again." : $"The API server ended the watch with {pod.Code}."),
                pod.Code);
        }

        if (type != "BOOKMARK" && PodReading.Of(pod, space) is { } seen)
        {
            if (type == "DELETED") book.Drop(seen.Namespace, seen.Name);
            else book.Put(seen);
            changed();
        }

        if (pod.Metadata?.ResourceVersion is { Length: > 0 } version) _version = version;
        Freshness = Freshness with { SeenAt = time.GetUtcNow() };
    }

    private async Task PauseAsync(ClusterUnavailableException fault, CancellationToken cancel)
    {
        var wait = _backoff.Next(fault.RetryAfter);
        var now = time.GetUtcNow();
        if (fault.Status == 410) Is(WatchState.Relisting);
        else Freshness = new WatchFreshness(WatchState.Unreachable, Freshness.SeenAt, Freshness.State == WatchState.Unreachable ? Freshness.Since : now, fault.Trouble, now + wait);
        changed();
        await Task.Delay(wait, time, cancel);
    }

    private void Is(WatchState state)
    {
        var now = time.GetUtcNow();
        Freshness = new WatchFreshness(state, state == WatchState.Watching ? now : Freshness.SeenAt, Freshness.State == state ? Freshness.Since : now);
    }
}
