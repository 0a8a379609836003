using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.EndToEnd.Tests.Harness;

/// <summary>The portal as a script sees it: JSON, a bearer token, and nothing that a script would not have.</summary>
public sealed class PortalApi : IDisposable
{
    private static readonly TimeSpan OperationWithin = TimeSpan.FromMinutes(2);
    private static readonly string[] Resting = ["succeeded", "halted", "rolledBack", "aborted"];

    private readonly HttpClient _http;

    public PortalApi(Uri portal, string? token)
    {
        _http = new HttpClient { BaseAddress = new Uri(portal, "api/v1/"), Timeout = TimeSpan.FromMinutes(2) };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }
    }

    public Task<JsonNode> GetAsync(string path, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Get, path, null, cancellation);

    public Task<JsonNode> PostAsync(string path, object? body = null, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Post, path, body, cancellation);

    public Task<JsonNode> PutAsync(string path, object body, CancellationToken cancellation = default) =>
        SendAsync(HttpMethod.Put, path, body, cancellation);

    /// <summary>Everything in a list that is answered page by page.</summary>
    public async Task<IReadOnlyList<JsonNode>> AllAsync(string path, CancellationToken cancellation = default)
    {
        List<JsonNode> all = [];
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await GetAsync($"{path}?limit=200{(cursor.Length == 0 ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", cancellation);
            all.AddRange(page["items"]!.AsArray().OfType<JsonNode>());
            cursor = page["nextCursor"]?.GetValue<string>();
        }

        return all;
    }

    /// <summary>The answer whatever its status: for refusals.</summary>
    public Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, object? body = null, CancellationToken cancellation = default) =>
        AskAsync(method, path, body, null, cancellation);

    /// <summary>A POST that a script would send again when it did not hear the answer.</summary>
    public async Task<(HttpStatusCode Status, string Body)> PostOnceAsync(string key, string path, object body, CancellationToken cancellation = default)
    {
        using var answer = await AskAsync(HttpMethod.Post, path, body, key, cancellation);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
    }

    /// <summary>A POST that must be refused.</summary>
    /// <returns>The problem details.</returns>
    public async Task<JsonNode> RefusedAsync(HttpStatusCode status, string code, string path, object? body = null, CancellationToken cancellation = default)
    {
        using var answer = await AskAsync(HttpMethod.Post, path, body, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        answer.StatusCode.ShouldBe(status, text);
        var problem = JsonNode.Parse(text)!;
        problem["code"]!.GetValue<string>().ShouldBe(code, text);
        return problem;
    }

    /// <summary>Nothing moves it any more but a person.</summary>
    public static bool Rests(string state) => Resting.Contains(state, StringComparer.Ordinal);

    /// <summary>Follows an operation until it rests: succeeded, halted, rolled back or aborted.</summary>
    public async Task<JsonNode> WaitForOperationAsync(string id, CancellationToken cancellation = default)
    {
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            var operation = await GetAsync($"operations/{id}?waitSeconds=10", cancellation);
            var state = operation["state"]!.GetValue<string>();
            if (Rests(state))
            {
                return operation;
            }

            if (waiting.Elapsed > OperationWithin)
            {
                throw new TimeoutException($"Operation {id} is still {state} after {OperationWithin}:\n{operation}");
            }
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> AskAsync(HttpMethod method, string path, object? body, string? idempotencyKey, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = body is null ? null : JsonContent.Create(body, body.GetType()),
        };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await _http.SendAsync(request, cancellation);
    }

    private async Task<JsonNode> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellation)
    {
        using var answer = await AskAsync(method, path, body, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        if (!answer.IsSuccessStatusCode)
        {
            throw new HttpRequestException($"{method} {path}: {(int)answer.StatusCode} {text}", null, answer.StatusCode);
        }

        return JsonNode.Parse(text) ?? throw new JsonException($"{method} {path} answered nothing.");
    }
}
