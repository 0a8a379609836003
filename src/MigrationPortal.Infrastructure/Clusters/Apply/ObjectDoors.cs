using System.Collections.Concurrent;
using k8s;
using MigrationPortal.Domain.Clusters;

namespace MigrationPortal.Infrastructure.Clusters.Apply;

/// <summary>
/// Open ways into clusters, kept for a few minutes: a preview asks some forty times, and each opening costs a TLS handshake or
/// a run of an exec plugin.
/// </summary>
internal sealed class ObjectDoors(KubernetesDoors doors, IClusterStore clusters, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<long, Open> _open = new();
    private readonly ConcurrentQueue<Open> _old = new();

    /// <exception cref="ClusterUnavailableException">It cannot be opened, or is not stored any more.</exception>
    public async Task<Kubernetes> OpenAsync(long id, CancellationToken cancel)
    {
        if (await clusters.FindAsync(id, cancel) is not { } cluster) throw Lost("The cluster was removed.");
        var now = time.GetUtcNow();
        if (_open.TryGetValue(id, out var known) && known.Version == cluster.Version && now - known.At < Kept) return known.Client;
        var door = await doors.OpenAsync(await AccessAsync(id, cancel), cancel);
        if (_open.TryRemove(id, out var before)) _old.Enqueue(before with { At = now });
        var made = new Open(cluster.Version, now, door);
        if (!_open.TryAdd(id, made)) _old.Enqueue(made);
        // Whoever uses one still has ended by then.
        while (_old.TryPeek(out var first) && now - first.At > Kept && _old.TryDequeue(out var ended)) ended.Door.Dispose();
        return made.Client;
    }

    public void Dispose()
    {
        foreach (var one in _open.Values.Concat(_old)) one.Door.Dispose();
        _open.Clear();
        _old.Clear();
    }

    private async Task<ClusterAccess> AccessAsync(long id, CancellationToken cancel)
    {
        try
        {
            return await clusters.AccessAsync(id, cancel) ?? throw Lost("The cluster was removed.");
        }
        catch (AccessLostException fault)
        {
            throw Lost(fault.Message);
        }
    }

    private static ClusterUnavailableException Lost(string sentence) => new(new ClusterTrouble(TroubleKind.Credentials, sentence));

    private sealed record Open(long Version, DateTimeOffset At, KubernetesDoor Door)
    {
        public Kubernetes Client => (Kubernetes)Door.Client;
    }
}
