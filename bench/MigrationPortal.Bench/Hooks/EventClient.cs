using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MigrationPortal.Bench.Hooks;

/// <summary>
/// Sends requests over a fixed number of kept connections, the next when the one before was answered. A socket and
/// nothing else: a fuller client would take time from both sides and so flatter the ratio.
/// </summary>
internal sealed class EventClient(IPEndPoint server, int connections)
{
    /// <summary>Until each was answered 200; one answered 429 is sent again after its <c>Retry-After</c>.</summary>
    /// <returns>How many 429 there were.</returns>
    /// <exception cref="InvalidOperationException">Another answer came.</exception>
    public async Task<int> SendAsync(EventRequests requests, CancellationToken cancel)
    {
        var (next, turnedAway) = (-1, 0);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            using var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(server, cancel);
            var answer = new byte[8192];
            for (int at; (at = Interlocked.Increment(ref next)) < requests.Count;)
            {
                while (await SendAsync(socket, requests[at], answer, cancel) is { } pause)
                {
                    Interlocked.Increment(ref turnedAway);
                    await Task.Delay(pause, cancel);
                }
            }
        }));
        return turnedAway;
    }

    private static async Task<TimeSpan?> SendAsync(Socket socket, ReadOnlyMemory<byte> request, byte[] answer, CancellationToken cancel)
    {
        await socket.SendAsync(request, cancel);
        var read = 0;
        do
        {
            var more = await socket.ReceiveAsync(answer.AsMemory(read), cancel);
            if (more == 0) throw new InvalidOperationException("The server closed the connection.");
            read += more;
        }
        while (!IsWhole(answer.AsSpan(0, read)));

        var status = answer.AsSpan(9, 3);
        if (status.SequenceEqual("200"u8)) return null;
        if (status.SequenceEqual("429"u8)) return TimeSpan.FromSeconds(Header(answer.AsSpan(0, read), "Retry-After: "u8) ?? 1);
        throw new InvalidOperationException("Not an answer of this benchmark: " + Encoding.ASCII.GetString(answer, 0, read));
    }

    // Answers are short: a length, or chunks of which the last is empty.
    private static bool IsWhole(ReadOnlySpan<byte> answer) =>
        answer.IndexOf("\r\n\r\n"u8) is >= 0 and var head
        && (Header(answer[..head], "Content-Length: "u8) is { } length ? answer.Length >= head + 4 + length : answer.EndsWith("\r\n0\r\n\r\n"u8));

    private static int? Header(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var at = head.IndexOf(name);
        if (at < 0) return null;
        var value = head[(at + name.Length)..];
        var end = value.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? value : value[..end], NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
