using System.Globalization;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>The simulator's other face, <c>/_sim</c>: moves its clock, breaks its wire, and tells what really happened.</summary>
public sealed class SimulatorControl(Uri simulator) : IDisposable
{
    private const string LocalTime = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private readonly HttpClient _http = new() { BaseAddress = simulator, Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Lives on by <paramref name="time"/> of world time; everything that happens in it has happened on return.</summary>
    public async Task AdvanceAsync(TimeSpan time, CancellationToken cancellation = default) =>
        await PostAsync("advance", new { seconds = time.TotalSeconds }, cancellation);

    public async Task<DateTimeOffset> NowAsync(CancellationToken cancellation = default) =>
        (await GetAsync<JsonNode>("clock", cancellation))["now"]!.GetValue<DateTimeOffset>();

    /// <summary>The accounts of the production GitLab, each with a token of its own.</summary>
    public Task<SimulatedUser[]> UsersAsync(CancellationToken cancellation = default) => GetAsync<SimulatedUser[]>("users", cancellation);

    public Task<JsonNode> TruthAsync(string query = "", CancellationToken cancellation = default) =>
        GetAsync<JsonNode>($"truth{query}", cancellation);

    /// <summary>Every runner as it is this moment, by id.</summary>
    public async Task<SortedDictionary<long, TrueRunner>> RunnersAsync(CancellationToken cancellation = default) =>
        new((await GetAsync<TrueRunner[]>("truth/runners", cancellation)).ToDictionary(runner => runner.Id));

    public async Task<IReadOnlyList<TrueClass>> ClassesAsync(CancellationToken cancellation = default) =>
        (await TruthAsync("", cancellation))["classes"].Deserialize<TrueClass[]>(JsonSerializerOptions.Web)!;

    /// <summary>Every job there ever was.</summary>
    public async Task<IReadOnlyList<TrueJob>> JobsAsync(CancellationToken cancellation = default)
    {
        List<TrueJob> jobs = [];
        await foreach (var job in EachJobAsync(cancellation)) jobs.Add(job);
        return jobs;
    }

    /// <summary>The same one by one, for worlds of hundreds of thousands.</summary>
    public async IAsyncEnumerable<TrueJob> EachJobAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (long? after = 0; after is not null;)
        {
            var page = await GetAsync<JsonNode>(string.Create(CultureInfo.InvariantCulture, $"truth/jobs?limit=5000&after={after}"), cancellation);
            foreach (var job in page["items"].Deserialize<TrueJob[]>(JsonSerializerOptions.Web)!) yield return job;
            after = page["next"]?.GetValue<long>();
        }
    }

    /// <summary>Changes of runners that took effect, by whomever, oldest first: the runner's id each.</summary>
    /// <param name="after">Inputs already counted: <see cref="InputsAsync"/>.</param>
    /// <param name="cancellation">Ends the asking.</param>
    public async Task<IReadOnlyList<long>> RunnerUpdatesAsync(int after, CancellationToken cancellation = default) =>
    [
        .. (await GetAsync<JsonNode>($"inputs?after={after}", cancellation))["items"]!.AsArray()
            .Select(item => item!["input"]!)
            .Where(input => input["kind"]!.GetValue<string>() == "runner-update")
            .Select(input => input["runnerId"]!.GetValue<long>()),
    ];

    /// <summary>How many inputs the world has taken so far.</summary>
    public async Task<int> InputsAsync(CancellationToken cancellation = default) =>
        (await GetAsync<JsonNode>($"inputs?after={int.MaxValue}", cancellation))["next"]!.GetValue<int>();

    /// <summary>Something goes wrong on the wire, as docs/simulator.md describes it.</summary>
    /// <returns>The fault's number.</returns>
    public async Task<int> FaultAsync(object fault, CancellationToken cancellation = default) =>
        (await PostAsync("faults", fault, cancellation))["id"]!.GetValue<int>();

    /// <summary>From now on these shares of webhooks are lost and sent twice.</summary>
    public async Task DeliveriesAsync(double lost, double doubled, CancellationToken cancellation = default)
    {
        using var answer = await _http.PutAsJsonAsync("_sim/deliveries", new { lost, doubled, seed = 1 }, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What became of the webhooks so far, once none is on its way any more.</summary>
    public async Task<JsonNode> DeliveredAsync(CancellationToken cancellation = default)
    {
        while (true)
        {
            var counts = (await GetAsync<JsonNode>("deliveries", cancellation))["counts"]!;
            if (counts["waiting"]!.GetValue<long>() == 0) return counts;
            await Task.Delay(50, cancellation);
        }
    }

    /// <summary>A hook for job events in every project, as an administrator would set it.</summary>
    public async Task HookAsync(Uri receiver, string token, string secret, CancellationToken cancellation = default)
    {
        for (var page = 1; ; page++)
        {
            using var list = await SendAsync(HttpMethod.Get, $"api/v4/projects?per_page=100&page={page}", null, token, cancellation);
            var projects = JsonNode.Parse(await list.Content.ReadAsStringAsync(cancellation))!.AsArray();
            foreach (var project in projects)
                using (var made = await SendAsync(HttpMethod.Post, $"api/v4/projects/{project!["id"]}/hooks", new { url = receiver, push_events = false, job_events = true, token = secret }, token, cancellation)) made.EnsureSuccessStatusCode();
            if (projects.Count < 100) return;
        }
    }

    /// <summary>The next write of a runner hangs until its caller is gone.</summary>
    public Task<int> HoldAsync(long runner) => FaultAsync(new { kind = "latency", latencyMs = 600_000, method = "PUT", path = $"/api/v4/runners/{runner}", count = 1 });

    /// <summary>Waits until a fault with a count has hit its last call.</summary>
    public async Task HitAsync(int fault, CancellationToken cancellation = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromMinutes(1));
        while ((await GetAsync<JsonNode>("faults", patience.Token)).AsArray().Any(one => one!["id"]!.GetValue<int>() == fault))
        {
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Revokes or restores <c>read</c> or <c>admin</c>, the two tokens that the portal has.</summary>
    public async Task TokenAsync(string token, string change, CancellationToken cancellation = default)
    {
        using var answer = await _http.PostAsync($"_sim/tokens/{token}/{change}", null, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public async Task ClearFaultsAsync(CancellationToken cancellation = default)
    {
        using var answer = await _http.DeleteAsync("_sim/faults", cancellation);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>What somebody else does in GitLab, such as <c>{"kind":"runner-update","runnerId":12,"paused":true}</c>.</summary>
    public Task ActAsync(object input, CancellationToken cancellation = default) => PostAsync("act", input, cancellation);

    /// <summary>A share of the jobs that start on what it reaches fails, as docs/simulator.md describes it.</summary>
    public Task IncidentAsync(object incident, CancellationToken cancellation = default) => PostAsync("incidents", incident, cancellation);

    public void Dispose() => _http.Dispose();

    /// <summary>As a query holds it.</summary>
    public static string Words(DateTimeOffset at) => at.ToUniversalTime().ToString(LocalTime, CultureInfo.InvariantCulture);

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, string token, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType()) };
        request.Headers.Add("PRIVATE-TOKEN", token);
        return await _http.SendAsync(request, cancellation);
    }

    private async Task<T> GetAsync<T>(string path, CancellationToken cancellation) =>
        await _http.GetFromJsonAsync<T>($"_sim/{path}", JsonSerializerOptions.Web, cancellation) ?? throw new JsonException($"{path} answered nothing.");

    private async Task<JsonNode> PostAsync(string path, object body, CancellationToken cancellation)
    {
        using var answer = await _http.PostAsJsonAsync($"_sim/{path}", body, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        return answer.IsSuccessStatusCode ? JsonNode.Parse(text)! : throw new HttpRequestException($"_sim/{path}: {(int)answer.StatusCode} {text}");
    }
}

public sealed record SimulatedUser(string Username, string Token, bool IsAdmin);
