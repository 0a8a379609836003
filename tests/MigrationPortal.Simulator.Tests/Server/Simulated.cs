using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using MigrationPortal.Simulator;

namespace MigrationPortal.Tests.Simulated;

/// <summary>A stepped simulator of a test class's own, and short ways to speak with it.</summary>
public sealed class Simulated : IAsyncLifetime
{
    public SimulatorHost Host { get; private set; } = null!;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    public async ValueTask InitializeAsync()
    {
        Host = await SimulatorHost.StartAsync(SimulatorHost.ForTests());
        Http.BaseAddress = Host.Address;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Host.DisposeAsync();
    }

    /// <param name="token">Null: the administrator's of the instance; empty: none.</param>
    public Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, string? token = null)
    {
        var request = new HttpRequestMessage(method, path);
        if (token != "")
        {
            request.Headers.Add("PRIVATE-TOKEN", token ?? (path.StartsWith("/qa/", StringComparison.Ordinal) ? Host.QaAdminToken : Host.AdminToken));
        }

        request.Content = body is null ? null : JsonContent.Create(body, mediaType: new MediaTypeHeaderValue("application/json"));
        return Http.SendAsync(request);
    }

    public Task<HttpResponseMessage> GetAsync(string path, string? token = null) => SendAsync(HttpMethod.Get, path, null, token);

    public async Task<JsonNode> JsonAsync(string path, string? token = null) => await BodyAsync(await GetAsync(path, token));

    public async Task<JsonNode> GraphAsync(string query, object? variables = null, string? token = null) =>
        await BodyAsync(await SendAsync(HttpMethod.Post, "/api/graphql/", new { query, variables }, token));

    public static async Task<JsonNode> BodyAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;

    public static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    /// <summary>The next address a <c>Link</c> header names; null at the end.</summary>
    public static string? Next(HttpResponseMessage answer) => Header(answer, "Link")?.Split(", <")
        .Where(l => l.EndsWith("rel=\"next\"", StringComparison.Ordinal))
        .Select(l => l.TrimStart('<').Split('>')[0]).FirstOrDefault();
}
