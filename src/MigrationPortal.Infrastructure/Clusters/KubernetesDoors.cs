using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using k8s;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Notices;

namespace MigrationPortal.Infrastructure.Clusters;

/// <summary>Opens clusters. What a kubeconfig may do is looked at again each time: the settings may have changed since it was stored.</summary>
internal sealed class KubernetesDoors(ClusterRules rules, TimeProvider time)
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(10);

    /// <exception cref="ClusterUnavailableException">It cannot be opened, with the remedy.</exception>
    public async Task<KubernetesDoor> OpenAsync(ClusterAccess access, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(access);
        try
        {
            // An exec plugin runs while the configuration is built.
            var configuration = await Task.Run(() => Configuration(access), cancel);
            configuration.HttpClientTimeout = Timeout.InfiniteTimeSpan;
            configuration.FirstMessageHandlerSetup = handler =>
            {
                handler.AllowAutoRedirect = false;
                handler.ConnectTimeout = ConnectPatience;
                handler.ConnectCallback = ConnectAsync;
                // A watch says nothing for minutes: a connection that is dead must be noticed.
                handler.KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests;
                handler.KeepAlivePingDelay = TimeSpan.FromSeconds(30);
                handler.KeepAlivePingTimeout = TimeSpan.FromSeconds(15);
            };
            return new KubernetesDoor(new Kubernetes(configuration), [.. Secrets(configuration)], time);
        }
        catch (Exception fault) when (fault is not (ClusterUnavailableException or OperationCanceledException))
        {
            // Its own message may quote the kubeconfig, or what an exec plugin printed.
            throw new ClusterUnavailableException(new ClusterTrouble(TroubleKind.Credentials, $"The credentials could not be used ({fault.GetType().Name}): a key that does not belong to its certificate, or an exec plugin that failed. Enter them again."));
        }
    }

    private KubernetesClientConfiguration Configuration(ClusterAccess access)
    {
        switch (access)
        {
            case ClusterAccess.Kubeconfig file:
                var read = Kubeconfig.Read(file.Text);
                if (read.Problems(file.Context, rules).FirstOrDefault() is { } problem) throw Refused(problem);
                using (var text = new MemoryStream(Encoding.UTF8.GetBytes(read.Only(file.Context)))) return KubernetesClientConfiguration.BuildConfigFromConfigFile(text, file.Context);
            case ClusterAccess.Token token:
                return new KubernetesClientConfiguration { Host = token.Server.Trim(), AccessToken = token.Bearer, SslCaCerts = Authorities(token.CaPem) };
            default:
                if (!KubernetesClientConfiguration.IsInCluster()) throw Refused("The portal does not run in a Kubernetes cluster, or without a service account: give a kubeconfig or a token.");
                return KubernetesClientConfiguration.InClusterConfig();
        }
    }

    private static X509Certificate2Collection? Authorities(string? pem)
    {
        if (pem is null) return null;
        var found = new X509Certificate2Collection();
        found.ImportFromPem(pem);
        return found;
    }

    private static IEnumerable<string> Secrets(KubernetesClientConfiguration configuration) =>
        new[] { configuration.AccessToken, configuration.Password, configuration.ClientCertificateKeyData }.Where(one => !string.IsNullOrEmpty(one));

    // What a name leads to is looked at when it is called: never a metadata service.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var one) ? [one] : await Dns.GetHostAddressesAsync(host, cancel);
        if (Array.Find(addresses, address => ReservedAddress.Why(address) is not null) is { } never) throw Refused($"server: {ReservedAddress.Why(never)}");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static ClusterUnavailableException Refused(string sentence) => new(new ClusterTrouble(TroubleKind.Credentials, sentence));
}
