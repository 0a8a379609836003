using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using k8s;
using MigrationPortal.Domain.Clusters;

namespace MigrationPortal.Infrastructure.Clusters;

/// <summary>
/// One way into one cluster: KubernetesClient signs in and keeps the connection; what we read often goes past its models,
/// which would take whole pods, with the variables of their jobs, into memory.
/// </summary>
internal sealed class KubernetesDoor(Kubernetes client, IReadOnlyList<string> secrets, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private int _requests;

    /// <summary>For typed calls, such as server-side apply.</summary>
    public IKubernetes Client => client;

    /// <summary>How many requests went through this door.</summary>
    public int Requests => _requests;

    /// <exception cref="ClusterUnavailableException">Whatever kept the answer away.</exception>
    public async Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        using var limited = Limited(cancel);
        using var response = await SendAsync(HttpMethod.Get, path, null, limited.Token, cancel);
        return await ReadAsync(response, type, limited.Token, cancel);
    }

    /// <exception cref="ClusterUnavailableException">Whatever kept the answer away.</exception>
    public async Task<TAnswer> PostAsync<TBody, TAnswer>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> type, CancellationToken cancel)
    {
        using var limited = Limited(cancel);
        using var response = await SendAsync(HttpMethod.Post, path, JsonContent.Create(body, bodyType), limited.Token, cancel);
        return await ReadAsync(response, type, limited.Token, cancel);
    }

    /// <summary>As text of at most so many bytes.</summary>
    /// <exception cref="ClusterUnavailableException">Whatever kept the answer away.</exception>
    public async Task<string> TextAsync(string path, int most, CancellationToken cancel)
    {
        using var limited = Limited(cancel);
        using var response = await SendAsync(HttpMethod.Get, path, null, limited.Token, cancel);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(limited.Token);
            var (read, _) = await BoundedBody.ReadAsync(stream, most, limited.Token);
            return System.Text.Encoding.UTF8.GetString(read.Span);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            throw KubernetesFaults.Of(fault);
        }
    }

    /// <summary>For a watch: its headers have come, its body goes on.</summary>
    /// <exception cref="ClusterUnavailableException">It was refused, or nothing answered.</exception>
    public async Task<HttpResponseMessage> OpenAsync(string path, CancellationToken cancel)
    {
        using var limited = Limited(cancel);
        return await SendAsync(HttpMethod.Get, path, null, limited.Token, cancel);
    }

    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken limited, CancellationToken cancel)
    {
        Interlocked.Increment(ref _requests);
        try
        {
            using var request = new HttpRequestMessage(method, new Uri(client.BaseUri, path)) { Content = content, Version = System.Net.HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionOrLower };
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("MigrationPortal", null));
            if (client.Credentials is { } credentials) await credentials.ProcessHttpRequestAsync(request, limited);
            var response = await client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limited);
            if (response.IsSuccessStatusCode) return response;
            using (response) throw await KubernetesFaults.OfAsync(response, secrets, time, limited);
        }
        catch (Exception fault) when (fault is not (ClusterUnavailableException or OperationCanceledException) || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            throw KubernetesFaults.Of(fault);
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken limited, CancellationToken cancel)
    {
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(limited);
            return await JsonSerializer.DeserializeAsync(stream, type, limited) ?? throw new JsonException("The answer is null.");
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            throw KubernetesFaults.Of(fault);
        }
    }

    private static CancellationTokenSource Limited(CancellationToken cancel)
    {
        var limited = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limited.CancelAfter(Patience);
        return limited;
    }
}
