using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MigrationPortal.Domain.Clusters;

namespace MigrationPortal.Infrastructure.Clusters.Apply;

/// <summary>One call about an object: what was answered, as it was answered.</summary>
/// <param name="Body">Null: it was no JSON.</param>
internal sealed record WireAnswer(HttpStatusCode Status, JsonObject? Body, IReadOnlyList<string> Warnings, TimeSpan? RetryAfter);

/// <summary>Calls an API server as server-side apply needs it, with the answer's warnings and causes, which the client package drops.</summary>
internal sealed class ObjectWire(ObjectDoors doors, TimeProvider time)
{
    private const int LongestBody = 8 * 1024 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <exception cref="ClusterUnavailableException">Nothing usable answered.</exception>
    public async Task<WireAnswer> SendAsync(long cluster, HttpMethod method, string path, string? body, string? mediaType, CancellationToken cancel)
    {
        using var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(Patience);
        try
        {
            var client = await doors.OpenAsync(cluster, limited.Token);
            using var request = new HttpRequestMessage(method, new Uri(client.BaseUri, path)) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("MigrationPortal", null));
            if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(mediaType!));
            if (client.Credentials is { } credentials) await credentials.ProcessHttpRequestAsync(request, limited.Token);
            using var response = await client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited.Token);
            return new WireAnswer(response.StatusCode, await ReadAsync(response, limited.Token), [.. Warnings(response)], RetryAfter(response));
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            throw KubernetesFaults.Of(fault);
        }
    }

    private static async Task<JsonObject?> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentType?.MediaType != "application/json") return null;
        await using var stream = await response.Content.ReadAsStreamAsync(cancel);
        var (read, isWhole) = await BoundedBody.ReadAsync(stream, LongestBody, cancel);
        if (!isWhole) throw BoundedBody.TooLong(LongestBody);
        return JsonNode.Parse(read.Span) as JsonObject ?? throw new JsonException("No object.");
    }

    // Such as: 299 - "unknown field \"spec.replica\""
    private static IEnumerable<string> Warnings(HttpResponseMessage response) =>
        from header in response.Headers.Warning
        let text = header.Text
        select text is ['"', .. var inner, '"'] ? inner.Replace("\\\"", "\"", StringComparison.Ordinal).Replace(@"\\", @"\", StringComparison.Ordinal) : text;

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > time.GetUtcNow() => date - time.GetUtcNow(),
        _ => null,
    };
}
