using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MigrationPortal.Bench.Past;

/// <summary>
/// A GitLab with a million finished jobs of the last ten days and nothing going on: as much of its API as the portal's sweeps
/// ask, at full speed. Pages of the past are held back until <see cref="Open"/>.
/// </summary>
internal sealed class StubPast(int jobs) : IAsyncDisposable
{
    private const int Page = 100;
    private const int Runners = 46;
    private const int Projects = 1_000;

    private static readonly string[] Scopes = ["read_api"];
    private static readonly string[] Tags = ["docker"];

    private readonly DateTimeOffset _now = TimeProvider.System.GetUtcNow();
    private readonly TaskCompletionSource _open = new();
    private WebApplication? _app;

    public string Address => _app!.Urls.First();

    public void Open() => _open.TrySetResult();

    public async Task StartAsync(CancellationToken cancel)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/api/graphql", GraphQlAsync);
        _app.MapGet("/api/v4/version", () => Results.Json(new { version = "18.11.2" }));
        _app.MapGet("/api/v4/personal_access_tokens/self", () => Results.Json(new { id = 1, name = "read", scopes = Scopes, active = true, user_id = 1 }));
        _app.MapGet("/api/v4/user", () => Results.Json(new { id = 1, username = "root", name = "root", is_admin = true, state = "active" }));
        _app.MapGet("/{**other}", () => Results.Json(Array.Empty<object>()));
        await _app.StartAsync(cancel);
    }

    public async ValueTask DisposeAsync()
    {
        Open();
        if (_app is not null) await _app.DisposeAsync();
    }

    private async Task<IResult> GraphQlAsync(HttpRequest request)
    {
        var asked = await JsonSerializer.DeserializeAsync<JsonElement>(request.Body);
        if (asked.GetProperty("query").GetString()!.Contains("runners(", StringComparison.Ordinal)) return Text(Fleet());
        var variables = asked.GetProperty("variables");
        if (!variables.GetProperty("statuses").EnumerateArray().Any(status => status.GetString() == "SUCCESS"))
            return Text("""{"data":{"jobs":{"pageInfo":{"hasNextPage":false},"nodes":[]}}}""");
        if (!variables.TryGetProperty("after", out var after) || after.GetString() is not { } cursor) return Text(Jobs(jobs));
        await _open.Task.WaitAsync(request.HttpContext.RequestAborted);
        return Text(Jobs(long.Parse(cursor, CultureInfo.InvariantCulture) - 1));
    }

    private static IResult Text(string json) => Results.Text(json, "application/json");

    private string Jobs(long newest)
    {
        var page = new StringBuilder("""{"data":{"jobs":{"nodes":[""");
        var oldest = Math.Max(1, newest - Page + 1);
        for (var number = newest; number >= oldest; number--) page.Append(number == newest ? "" : ",").Append(Job(number));
        return page.Append(CultureInfo.InvariantCulture, $$$"""],"pageInfo":{"hasNextPage":{{{(oldest > 1 ? "true" : "false")}}},"endCursor":"{{{oldest}}}"}""").Append("}}}").ToString();
    }

    private string Job(long number)
    {
        var created = _now.AddDays(-10.0 * (jobs - number + 1) / jobs).AddHours(-1);
        var (runner, project) = (1 + (number * 7 % Runners), 1 + (number * number % Projects));
        return string.Create(CultureInfo.InvariantCulture, $$$"""
            {"id":"gid://gitlab/Ci::Build/{{{number}}}","name":"test:unit {{{number % 40}}}/40","status":"SUCCESS","tags":["docker"],"refName":"main","allowFailure":false,"retried":false,
            "createdAt":"{{{created:O}}}","queuedAt":"{{{created:O}}}","startedAt":"{{{created.AddSeconds(number % 90):O}}}","finishedAt":"{{{created.AddSeconds(100 + (number % 900)):O}}}","source":"push",
            "runner":{"id":"gid://gitlab/Ci::Runner/{{{runner}}}"},"runnerManager":{"systemId":"s_{{{runner}}}","executorName":"{{{Executor(runner)}}}"},
            "project":{"id":"gid://gitlab/Project/{{{project}}}"},"pipeline":{"id":"gid://gitlab/Ci::Pipeline/{{{number / 8}}}"},"stage":{"name":"test"}}
            """);
    }

    private static string Fleet() => JsonSerializer.Serialize(new
    {
        data = new
        {
            runners = new
            {
                pageInfo = new { hasNextPage = false },
                nodes = Enumerable.Range(1, Runners).Select(id => new
                {
                    id = $"gid://gitlab/Ci::Runner/{id}",
                    description = $"runner-{id}",
                    runnerType = "INSTANCE_TYPE",
                    status = "ONLINE",
                    paused = false,
                    runUntagged = true,
                    tagList = Tags,
                    accessLevel = "NOT_PROTECTED",
                    contactedAt = TimeProvider.System.GetUtcNow(),
                    managers = new { nodes = new[] { new { systemId = $"s_{id}", executorName = Executor(id), version = "18.11.0", status = "ONLINE" } } },
                }),
            },
        },
    });

    private static string Executor(long runner) => runner > 40 ? "kubernetes" : "docker";
}
