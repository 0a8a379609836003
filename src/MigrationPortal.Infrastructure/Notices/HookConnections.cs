using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using MigrationPortal.Domain.Notices;
using MigrationPortal.Infrastructure.Instances;

namespace MigrationPortal.Infrastructure.Notices;

/// <summary>
/// The one way out for webhooks. The address is looked at after its name was resolved, and that address is the one called: a
/// name that points to a metadata service, or turns to one between two look-ups, is refused. Behind a proxy the proxy resolves
/// names, so the proxy must guard them; addresses written as numbers are refused there too.
/// </summary>
internal static class HookConnections
{
    public const string HttpName = "notices";

    public static SocketsHttpHandler Handler(WebhookOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            // A redirect would lead where nobody looked.
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            ConnectCallback = (context, cancel) => ConnectAsync(context, options, cancel),
        };
        if (options.Proxy is { } proxy) handler.Proxy = new WebProxy(proxy);
        if (options.CaFile is { } path) handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = PrivateAuthorities.Policy(path) };
        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, WebhookOptions options, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var isProxy = !string.Equals(host.Trim('[', ']'), context.InitialRequestMessage.RequestUri!.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
        var found = await Dns.GetHostAddressesAsync(host, cancel);
        var allowed = isProxy ? found : [.. found.Where(one => Why(one, options) is null)];
        if (allowed.Length == 0) throw new HttpRequestException(found.Length == 0 ? "The name has no address." : Why(found[0], options));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(allowed, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    internal static string? Why(IPAddress address, WebhookOptions options) =>
        ReservedAddress.IsOwn(address) && !options.AllowLoopback
            ? $"Leads to the portal's own machine: set {NoticeOptions.WebhookSection}:AllowLoopback to true if the receiver is there."
            : ReservedAddress.Why(address);
}
