using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MigrationPortal.Bench.Operations;

/// <summary>
/// As much of GitLab as an operation meets: the fleet and single runners by GraphQL, one runner by REST, over HTTP with a
/// fixed latency. It counts what it is asked.
/// </summary>
internal sealed partial class StubRunners(TimeSpan latency, int runners) : IAsyncDisposable
{
    private const int Page = 50;

    private readonly ConcurrentDictionary<long, Runner> _runners =
        new(Enumerable.Range(1, runners).ToDictionary(id => (long)id, id => new Runner([id % 2 == 0 ? "k8s-default" : "docker"], id % 2 == 1, false, "")));

    private WebApplication? _app;
    private int _requests;
    private int _underWay;
    private int _mostUnderWay;

    public string Address => _app!.Urls.First();

    public int Requests => _requests;

    public int MostUnderWay => _mostUnderWay;

    public async Task StartAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use(CountedAsync);
        _app.MapPost("/api/graphql", GraphQlAsync);
        _app.MapGet("/api/v4/runners/{id:long}", (long id) => Results.Json(Rest(id)));
        _app.MapPut("/api/v4/runners/{id:long}", PutAsync);
        await _app.StartAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null) await _app.DisposeAsync();
    }

    private async Task CountedAsync(HttpContext http, RequestDelegate next)
    {
        Interlocked.Increment(ref _requests);
        var now = Interlocked.Increment(ref _underWay);
        for (var most = _mostUnderWay; now > most; most = _mostUnderWay) Interlocked.CompareExchange(ref _mostUnderWay, now, most);
        await Task.Delay(latency, http.RequestAborted);
        await next(http);
        Interlocked.Decrement(ref _underWay);
    }

    private async Task<IResult> GraphQlAsync(HttpRequest request)
    {
        var asked = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
        var query = asked.GetProperty("query").GetString()!;
        var ids = OneRunner().Matches(query).Select(match => long.Parse(match.Groups[1].Value, null)).ToList();
        if (ids.Count > 0) return Results.Json(new { data = ids.ToDictionary(id => $"r{id}", Node) });
        var after = asked.GetProperty("variables").TryGetProperty("after", out var cursor) ? int.Parse(cursor.GetString()!, null) : 0;
        var page = _runners.Keys.Order().Skip(after).Take(Page).Select(Node).ToList();
        var there = after + page.Count;
        return Results.Json(new { data = new { runners = new { pageInfo = new { hasNextPage = there < _runners.Count, endCursor = $"{there}" }, nodes = page } } });
    }

    private async Task<IResult> PutAsync(long id, HttpRequest request)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
        _runners[id] = new Runner(
            [.. body.GetProperty("tag_list").EnumerateArray().Select(tag => tag.GetString()!)], body.GetProperty("run_untagged").GetBoolean(), body.GetProperty("paused").GetBoolean(),
            body.TryGetProperty("maintenance_note", out var note) ? note.GetString()! : _runners[id].Note);
        return Results.Json(Rest(id));
    }

    private object Rest(long id) => _runners[id] is var runner
        ? new { id, tag_list = runner.Tags, run_untagged = runner.Untagged, paused = runner.Paused, access_level = "not_protected", maintenance_note = runner.Note }
        : throw new InvalidOperationException();

    private object Node(long id)
    {
        var (runner, now) = (_runners[id], TimeProvider.System.GetUtcNow());
        return new
        {
            id = $"gid://gitlab/Ci::Runner/{id}",
            description = $"runner-{id}",
            runnerType = "INSTANCE_TYPE",
            status = "ONLINE",
            paused = runner.Paused,
            runUntagged = runner.Untagged,
            tagList = runner.Tags,
            accessLevel = "NOT_PROTECTED",
            maintenanceNote = runner.Note,
            contactedAt = now,
            createdAt = now.AddDays(-90),
            managers = new { nodes = new[] { new { systemId = $"s_{id}", executorName = id % 2 == 0 ? "kubernetes" : "docker", version = "18.1.0", status = "ONLINE", contactedAt = now } } },
        };
    }

    [GeneratedRegex("runner\\(id:\"gid://gitlab/Ci::Runner/(\\d+)\"\\)")]
    private static partial Regex OneRunner();

    private sealed record Runner(string[] Tags, bool Untagged, bool Paused, string Note);
}
