using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>A wire between the portal and PostgreSQL that can be cut: connections break, and new ones are refused until it is mended.</summary>
public sealed class DatabaseLink : IDisposable
{
    private readonly IPEndPoint _near;
    private readonly (string Host, int Port) _far;
    private readonly ConcurrentDictionary<TcpClient, byte> _open = new();
    private TcpListener _listener;

    public DatabaseLink(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        _far = (settings.Host!, settings.Port);
        _listener = Listen(new IPEndPoint(IPAddress.Loopback, 0));
        _near = (IPEndPoint)_listener.LocalEndpoint;
        (settings.Host, settings.Port) = (_near.Address.ToString(), _near.Port);
        ConnectionString = settings.ConnectionString;
    }

    /// <summary>To the same database, over this wire.</summary>
    public string ConnectionString { get; }

    public void Cut()
    {
        _listener.Dispose();
        foreach (var (end, _) in _open) end.Dispose();
        _open.Clear();
    }

    public void Mend() => _listener = Listen(_near);

    public void Dispose() => Cut();

    private TcpListener Listen(IPEndPoint at)
    {
        var listener = new TcpListener(at);
        listener.Start();
        _ = AcceptAsync(listener);
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) _ = CarryAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception cut) when (cut is SocketException or ObjectDisposedException)
        {
            // Cut.
        }
    }

    private async Task CarryAsync(TcpClient portal)
    {
        using var postgres = new TcpClient { NoDelay = true };
        portal.NoDelay = true;
        (_open[portal], _open[postgres]) = (0, 0);
        try
        {
            await postgres.ConnectAsync(_far.Host, _far.Port);
            await Task.WhenAny(portal.GetStream().CopyToAsync(postgres.GetStream()), postgres.GetStream().CopyToAsync(portal.GetStream()));
        }
        catch (Exception cut) when (cut is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or one end left.
        }

        _open.TryRemove(portal, out _);
        _open.TryRemove(postgres, out _);
        portal.Dispose();
    }
}
