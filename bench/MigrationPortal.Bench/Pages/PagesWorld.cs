using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MigrationPortal.Domain.Fleet;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Jobs;
using MigrationPortal.Simulator;
using MigrationPortal.World;
using Npgsql;

namespace MigrationPortal.Bench.Pages;

/// <summary>
/// The real portal over ten million jobs, and a simulated GitLab for sign-in, clock and the fleet: 46 instance runners, whose
/// numbers are those in the jobs. Its time is the end of the 30 days that the jobs fill, so that "the last 14 days" are full.
/// </summary>
internal sealed class PagesWorld(SimulatorHost gitlab, BenchPortal portal, IReadOnlyList<string> pages) : IAsyncDisposable
{
    private const int Projects = 10_000;
    private const string Client = "benchmark";

    private static readonly string[] Plain =
    [
        "/", "/phases", "/plans", "/operations", "/activity", "/evacuate", "/gates", "/gates/guard", "/calendar", "/tags", "/tags/detail?tag=docker", "/tags/detail?tag=", "/runners", "/runners/1", "/runners/unmanaged",
        "/runners/questions", "/insights", "/insights?range=30d", "/insights/rates", "/insights/rates?by=project", "/insights/shares", "/insights/times",
        "/regressions", "/stragglers", "/stragglers?range=30d", "/jobs", "/jobs?project=77&failed=true", "/pending", "/my-projects", "/health", "/audit", "/notifications",
    ];

    public Uri Portal { get; } = new($"http://{portal.Address}");

    public IReadOnlyList<string> Pages => pages;

    public static async Task<PagesWorld> StartAsync(BenchDatabases databases, CancellationToken cancel)
    {
        var store = await ScaleStore.OpenAsync(databases, ScaleStore.Many, cancel);
        await KnowAsync(store.Services, cancel);
        await store.CountDaysAsync(cancel);
        await ForgetSumsAsync(store.Source, cancel);
        var world = WorldOptions.Quiet with { Now = ScaleStore.Window.To, DockerRunners = 40, Clusters = 2, RunnersPerCluster = 3, OwnedRunners = 0 };
        var gitlab = await SimulatorHost.StartAsync(new SimulatorSettings { World = world, Speed = 1, OAuth = new OAuthSettings { ClientId = Client } }, cancel);
        var portal = await BenchPortal.StartAsync(store.Connection, cancel, new Dictionary<string, string?>
        {
            ["Portal:SignIn:ClientId"] = Client,
            ["Portal:GitLab:Instances:0:Url"] = gitlab.Address.ToString(),
            ["Portal:GitLab:Instances:0:ClockUrl"] = new Uri(gitlab.Address, "_sim/clock").ToString(),
            ["Portal:GitLab:Instances:0:ReadToken"] = gitlab.ReadToken,
            ["Portal:GitLab:Instances:0:WriteToken"] = gitlab.AdminToken,
        });
        // The portal's own sweeps sum up the days.
        await store.UntilAnyAsync("SELECT count(*) FROM digest_summed, class_summed", cancel);
        return new PagesWorld(gitlab, portal, [.. Plain, .. await PlanAsync(portal, cancel)]);
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await gitlab.DisposeAsync();
    }

    // What sweeps would have read and counted in the 30 days: the projects with their paths, the past to its end.
    private static async Task KnowAsync(IServiceProvider services, CancellationToken cancel)
    {
        var now = ScaleStore.Window.To;
        await services.GetRequiredService<IProjectStore>().SaveAsync(
            [.. Enumerable.Range(1, Projects).Select(number => new ObservedProject(
                new ProjectAccess(new ProjectId(BenchStore.Instance, number), $"group-{number % 400}/project-{number}", true, true, new HashSet<long> { number % 400 }),
                "main", false, now, ["main", "release/*"], [], now))],
            cancel);
        await HistoryMark.WriteAsync(services.GetRequiredService<IInstanceStore>(), BenchStore.Instance, new HistoryMark(null, ScaleStore.Window.From, true, now), now, cancel);
    }

    // Another benchmark's portal may have summed up the days under another clock, and its sweep rests for an hour.
    private static async Task ForgetSumsAsync(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var forget = source.CreateCommand("DELETE FROM digest_summed; DELETE FROM class_summed; DELETE FROM watermarks WHERE source = 'sweep/digest'");
        await forget.ExecuteNonQueryAsync(cancel);
    }

    private static async Task<IReadOnlyList<string>> PlanAsync(BenchPortal portal, CancellationToken cancel)
    {
        using var http = new HttpClient { BaseAddress = new Uri($"http://{portal.Address}/api/v1/"), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", BenchPortal.Token) } };
        var runners = JsonNode.Parse(await http.GetStringAsync(new Uri("runners?limit=500", UriKind.Relative), cancel))!["items"]!.AsArray();
        foreach (var runner in runners)
            (await http.PutAsJsonAsync($"runners/{runner!["id"]}/role", new { role = (string?)runner["role"], managed = (bool)runner["managed"]! }, cancel)).EnsureSuccessStatusCode();
        var answer = await http.PostAsJsonAsync("plans", new { target = new { phase = "prepare" } }, cancel);
        var plan = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancel))!;
        var applied = await http.PostAsJsonAsync($"plans/{plan["id"]}/apply", new { reason = "the benchmark needs an operation to show" }, cancel);
        var operation = JsonNode.Parse(await applied.Content.ReadAsStringAsync(cancel))!;
        return [$"/plans/{plan["id"]}", $"/operations/{operation["operationId"]}"];
    }
}
