using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>A cluster of the simulated world as its own administrator sees it, past the portal.</summary>
public sealed class SimulatedCluster : IDisposable
{
    private readonly HttpClient _http;

    private SimulatedCluster(Uri server, string token, string kubeconfig)
    {
        Kubeconfig = kubeconfig;
        // The simulator signs for itself, and only the portal has to check that.
#pragma warning disable CA5400
        _http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = HttpClientHandler.DangerousAcceptAnyServerCertificateValidator }) { BaseAddress = new Uri($"{server}/") };
#pragma warning restore CA5400
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>As one pastes it into the portal.</summary>
    public string Kubeconfig { get; }

    public static async Task<SimulatedCluster> OpenAsync(World world, string name, CancellationToken cancellation)
    {
        using var sim = new HttpClient { BaseAddress = new Uri(world.Simulator.Address, "_sim/clusters/") };
        var told = (await sim.GetFromJsonAsync<JsonNode>(name, cancellation))!;
        return new SimulatedCluster(new Uri(told["server"]!.GetValue<string>()), told["token"]!.GetValue<string>(), await sim.GetStringAsync($"{name}/kubeconfig", cancellation));
    }

    /// <returns>Null where there is none.</returns>
    public async Task<JsonNode?> GetAsync(string path, CancellationToken cancellation)
    {
        using var answer = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        if (answer.StatusCode == System.Net.HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellation));
    }

    /// <summary>What somebody does with kubectl: fields of theirs from now on.</summary>
    public async Task ChangeAsync(string path, string by, object merged, CancellationToken cancellation)
    {
        using var content = JsonContent.Create(merged, new MediaTypeHeaderValue("application/merge-patch+json"));
        using var answer = await _http.PatchAsync(new Uri($"{path}?fieldManager={by}", UriKind.Relative), content, cancellation);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync(cancellation));
    }

    public void Dispose() => _http.Dispose();
}
