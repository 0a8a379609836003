using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>The simulator's other face, <c>/_sim</c>: moves its clock and tells what really happened.</summary>
public sealed class SimulatorControl(Uri simulator) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = simulator, Timeout = TimeSpan.FromMinutes(5) };

    /// <summary>Lives on by <paramref name="time"/> of world time; everything that happens in it has happened on return.</summary>
    public async Task AdvanceAsync(TimeSpan time, CancellationToken cancellation = default)
    {
        using var answer = await _http.PostAsJsonAsync("_sim/advance", new { seconds = time.TotalSeconds }, cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<JsonNode> TruthAsync(string query = "", CancellationToken cancellation = default) =>
        await _http.GetFromJsonAsync<JsonNode>($"_sim/truth{query}", cancellation)
            ?? throw new JsonException("The truth was empty.");

    public void Dispose() => _http.Dispose();
}
