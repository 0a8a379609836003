using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MigrationPortal.Kubernetes;

/// <summary>One HTTPS port of this machine for many clusters, each below a path of its own.</summary>
public sealed class ClusterDoor : IAsyncDisposable
{
    private readonly WebApplication host;
    private readonly ClusterCertificates certificates;

    private ClusterDoor(WebApplication host, ClusterCertificates certificates) => (this.host, this.certificates) = (host, certificates);

    /// <summary>Without a trailing slash.</summary>
    public Uri Url => new(host.Urls.First());

    /// <summary>What callers must trust.</summary>
    public string CaPem => certificates.CaPem;

    /// <summary>Certificates and key in PEM: given to the next <see cref="OpenAsync"/>, callers go on trusting.</summary>
    public string Kept => certificates.Pem;

    /// <param name="port">0: any free one.</param>
    /// <param name="kept">Of an earlier door; null: new certificates are made.</param>
    /// <param name="handler">Answers all calls.</param>
    public static async Task<ClusterDoor> OpenAsync(int port, string? kept, TimeProvider time, RequestDelegate handler, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(time);
        var certificates = kept is null ? ClusterCertificates.Make(time.GetUtcNow()) : ClusterCertificates.Of(kept);
        return new ClusterDoor(await LoopbackHost.StartAsync(port, certificates, handler, cancellation), certificates);
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        await host.DisposeAsync();
        certificates.Dispose();
    }
}
