using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>Where the clusters answer over HTTPS. Certificates are kept, so that whoever trusts them does so after a restart.</summary>
internal sealed class ClusterPort(ClusterSet clusters, SimulatorSettings settings, Journal journal, TimeProvider time) : IAsyncDisposable
{
    private const string Key = "cluster certificates";
    private readonly SemaphoreSlim opening = new(1, 1);
    private ClusterDoor? door;

    public async Task<ClusterDoor> OpenAsync(CancellationToken cancellation)
    {
        if (door is not null)
        {
            return door;
        }

        await opening.WaitAsync(cancellation);
        try
        {
            if (door is null)
            {
                var kept = await journal.LoadAsync(Key, cancellation);
                var opened = await ClusterDoor.OpenAsync(settings.KubePort, kept, time, http => KubernetesHosting.HandleAsync(http, clusters.Ask), cancellation);
                if (kept is null)
                {
                    await journal.SaveAsync(Key, opened.Kept);
                }

                door = opened;
            }

            return door;
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>What an administrator of this cluster connects with.</summary>
    public async Task<string> KubeconfigAsync(SimulatedCluster cluster, CancellationToken cancellation)
    {
        var opened = await OpenAsync(cancellation);
        return KubernetesCluster.Kubeconfig(cluster.Token, AddressOf(opened, cluster), opened.CaPem, cluster.Name);
    }

    public static Uri AddressOf(ClusterDoor door, SimulatedCluster cluster) =>
        new($"https://localhost:{door.Url.Port}/{cluster.Name}");

    public async ValueTask DisposeAsync()
    {
        opening.Dispose();
        if (door is not null)
        {
            foreach (var cluster in clusters.All.Where(one => one.IsBuilt))
            {
                cluster.Ask().Faults.EndWatches();
            }

            await door.DisposeAsync();
        }
    }
}
