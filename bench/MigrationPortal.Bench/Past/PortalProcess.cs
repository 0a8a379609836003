using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace MigrationPortal.Bench.Past;

/// <summary>The portal as people run it, in a process of its own, and what it weighs.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Uri _address;

    private PortalProcess(Process process, Uri address) => (_process, _address) = (process, address);

    /// <summary>Resident memory in MB, all of it: heap, code, native.</summary>
    public double ResidentMb => long.Parse(
        File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1],
        CultureInfo.InvariantCulture) / 1024.0;

    public static async Task<PortalProcess> StartAsync(string database, string gitlab, CancellationToken cancel)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        listener.Stop();
        var folder = Path.Combine(Root(), "src", "MigrationPortal.Web", "bin", "Release", "net10.0");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "MigrationPortal.Web.dll")]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (key, value) in new Dictionary<string, string>
        {
            ["ConnectionStrings__Portal"] = database,
            ["ASPNETCORE_URLS"] = address.ToString(),
            ["Portal__SignIn__ClientId"] = "bench",
            ["Portal__SignIn__ClientSecret"] = "bench-secret",
            ["Portal__GitLab__Instances__0__Name"] = "production",
            ["Portal__GitLab__Instances__0__Kind"] = "Production",
            ["Portal__GitLab__Instances__0__Url"] = gitlab,
            ["Portal__GitLab__Instances__0__ReadToken"] = "read",
            ["Portal__GitLab__Instances__0__RequestsPerSecond"] = "1000",
            ["Portal__GitLab__Instances__0__Burst"] = "1000",
        }) start.Environment[key] = value;
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var portal = new PortalProcess(process, address);
        try
        {
            await portal.ReadyAsync(cancel);
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadyAsync(CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = _address };
        var last = "nothing";
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(200, cancel))
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative), cancel);
                if (answer.IsSuccessStatusCode) return;
                last = await answer.Content.ReadAsStringAsync(cancel);
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
            if (_process.HasExited || waited.Elapsed > ReadyWithin) throw new InvalidOperationException($"The portal did not become ready; it last said {last}");
        }
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MigrationPortal.sln"))) return folder.FullName;
        throw new InvalidOperationException("The benchmark does not run inside the repository.");
    }
}
