using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MigrationPortal.Bench.Scans;

/// <summary>As much of GitLab as the scan of a project's CI file meets: its lint. It counts what it is asked in each second.</summary>
internal sealed class StubLint : IAsyncDisposable
{
    private readonly ConcurrentDictionary<long, int> _seconds = new();
    private readonly string[] _files = [.. ScanCorpus.Files.Where(file => file.Length < 20_000)];
    private WebApplication? _app;

    public string Address => _app!.Urls.First();

    /// <summary>Of all seconds.</summary>
    public int MostInASecond => _seconds.Values.Max();

    public int Requests => _seconds.Values.Sum();

    public async Task StartAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapGet("/api/v4/projects/{id:long}/ci/lint", (long id) =>
        {
            _seconds.AddOrUpdate(TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), 1, (_, seen) => seen + 1);
            return Results.Json(new { valid = true, errors = Array.Empty<string>(), warnings = Array.Empty<string>(), merged_yaml = _files[id % _files.Length], includes = Array.Empty<object>(), jobs = Array.Empty<object>() });
        });
        await _app.StartAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }
}
