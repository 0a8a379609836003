using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>One of our programs as a real process, published as people run it, on an address of its own.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopsWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    private const int FirstPort = 20000;
    private const int EndOfPorts = 32000;
    private static int s_handedOut;

    private readonly string _name;
    private readonly string _dll;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly IReadOnlyList<string> _arguments;
    private readonly HttpClient _http;
    private Process? _process;

    /// <param name="name">Its folder under artifacts/programs: <c>portal</c> or <c>simulator</c>.</param>
    /// <param name="dll">Its main assembly.</param>
    /// <param name="address">From <see cref="FreeAddress"/>; the same one after a restart.</param>
    /// <param name="settings">Environment variables.</param>
    /// <param name="arguments">Command line.</param>
    public ServerProcess(
        string name,
        string dll,
        Uri address,
        IReadOnlyDictionary<string, string> settings,
        params IReadOnlyList<string> arguments)
    {
        _name = name;
        _dll = dll;
        _settings = settings;
        _arguments = arguments;
        Address = address;
        _http = new HttpClient { BaseAddress = address };
        LogPath = Path.Combine(Artifacts.Folder, $"{name}-{address.Port}.log");
    }

    public Uri Address { get; }

    /// <summary>Everything it printed over all its lives.</summary>
    public string LogPath { get; }

    /// <summary>
    /// An address whose port nobody listens on, and the next port neither: below the ports from which Linux takes those of
    /// connections going out (32768 and up), so that none of them takes it before the program has started. No address is given twice.
    /// </summary>
    public static Uri FreeAddress()
    {
        while (true)
        {
            var port = FirstPort + ((Interlocked.Add(ref s_handedOut, 2) + Environment.ProcessId * 50) % (EndOfPorts - FirstPort));
            if (IsFree(port) && IsFree(port + 1)) return new Uri($"http://localhost:{port}");
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>Starts it and waits until <c>/health/ready</c> answers 200.</summary>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        await LaunchAsync();
        await WaitUntilReadyAsync(cancellation);
    }

    /// <summary>Starts it without waiting: for stories about a start that cannot succeed yet.</summary>
    public async Task LaunchAsync()
    {
        var folder = Path.Combine(ProgramsDir, _name);
        // The shell only opens the log and becomes the program: the process id is the program's own.
        var start = new ProcessStartInfo("setpriv",
        [
            "--pdeathsig", "KILL", "--", "sh", "-c", "log=$1; shift; exec \"$@\" </dev/null >>\"$log\" 2>&1",
            "sh", LogPath, "dotnet", Path.Combine(folder, _dll), .. _arguments,
        ])
        {
            WorkingDirectory = folder,
        };
        foreach (var (key, value) in _settings)
        {
            start.Environment[key] = value;
        }

        _process = await SpawnThread.StartAsync(start);
    }

    public async Task WaitUntilReadyAsync(CancellationToken cancellation = default)
    {
        var waiting = Stopwatch.StartNew();
        var last = "nothing";
        while (waiting.Elapsed < ReadyWithin)
        {
            if (_process is null or { HasExited: true })
            {
                throw new InvalidOperationException($"The {_name} stopped while starting.\n{LogTail()}");
            }

            try
            {
                using var answer = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancellation);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }

                last = $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellation)}";
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(LookAgain, cancellation);
        }

        throw new TimeoutException($"The {_name} was not ready within {ReadyWithin}; /health/ready last said: {last}\n{LogTail()}");
    }

    /// <summary>As the kernel's out-of-memory killer does it: no handler runs, nothing is written any more.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>As an orchestrator does it: SIGTERM, and time to finish.</summary>
    public async Task StopAsync()
    {
        if (_process is null or { HasExited: true })
        {
            return;
        }

        using (var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        try
        {
            await _process.WaitForExitAsync().WaitAsync(StopsWithin);
        }
        catch (TimeoutException)
        {
            await KillAsync();
            throw new TimeoutException($"The {_name} did not stop within {StopsWithin} of SIGTERM.\n{LogTail()}");
        }
    }

    public string LogTail(int lines = 60) => File.Exists(LogPath)
        ? string.Join('\n', File.ReadLines(LogPath).TakeLast(lines))
        : "(no log)";

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process?.Dispose();
        _http.Dispose();
    }

    private static string ProgramsDir { get; } = typeof(ServerProcess).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(attribute => attribute.Key == nameof(ProgramsDir)).Value!;
}
