using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using MigrationPortal.Domain.Clusters;

namespace MigrationPortal.Infrastructure.Clusters;

/// <summary>Every fault on the way to a cluster, in our words: what the clients below say may quote requests, bodies and files.</summary>
internal static class KubernetesFaults
{
    private const int LongestWord = 300;
    private const int LongestBody = 16 * 1024;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    public static ClusterUnavailableException Of(Exception fault) => fault switch
    {
        ClusterUnavailableException known => known,
        HttpRequestException { InnerException: ClusterUnavailableException refused } => refused,
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } or AuthenticationException or HttpRequestException { InnerException: AuthenticationException } =>
            Fault(TroubleKind.Certificate, "The API server's certificate is not signed by the CA that was given, is for another name, or the client certificate is not accepted. Give the cluster's own CA."),
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => Fault(TroubleKind.Unreachable, "The API server's name is not known to the portal's DNS."),
        HttpRequestException { InnerException: SocketException socket } => Fault(TroubleKind.Unreachable, $"The API server cannot be reached: {socket.SocketErrorCode}."),
        OperationCanceledException => Fault(TroubleKind.Unreachable, "The API server did not answer in time."),
        JsonException => Fault(TroubleKind.Unreachable, "What answered is no API server of Kubernetes: its answer is not readable."),
        HttpRequestException or IOException => Fault(TroubleKind.Unreachable, "The connection to the API server broke."),
        _ => Fault(TroubleKind.Unreachable, $"The API server could not be asked ({fault.GetType().Name})."),
    };

    public static async Task<ClusterUnavailableException> OfAsync(HttpResponseMessage response, IReadOnlyList<string> secrets, TimeProvider time, CancellationToken cancel)
    {
        var (status, word) = ((int)response.StatusCode, await WordAsync(response, secrets, cancel));
        var trouble = response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => new ClusterTrouble(TroubleKind.Credentials, "The API server does not accept the credentials: they are wrong, have expired or were withdrawn. Enter new ones."),
            HttpStatusCode.Forbidden => new ClusterTrouble(TroubleKind.Forbidden, $"The API server says no{(word is null ? "" : $": {word}")}. The preflight lists what is missing."),
            HttpStatusCode.TooManyRequests => new ClusterTrouble(TroubleKind.Busy, "The API server asks for fewer requests."),
            >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => new ClusterTrouble(TroubleKind.Unreachable, $"What answered leads elsewhere ({status}), which is not followed: give the API server's own address."),
            _ => new ClusterTrouble(TroubleKind.Unreachable, $"The API server answered {status}{(word is null ? "" : $": {word}")}."),
        };
        return new ClusterUnavailableException(trouble, status, RetryAfter(response, time));
    }

    /// <summary>Kubernetes' own sentence, of a Status object alone, unless it holds a secret.</summary>
    private static async Task<string?> WordAsync(HttpResponseMessage response, IReadOnlyList<string> secrets, CancellationToken cancel)
    {
        try
        {
            if (response.Content.Headers.ContentType?.MediaType != "application/json") return null;
            await using var stream = await response.Content.ReadAsStreamAsync(cancel);
            var buffer = new byte[LongestBody];
            var read = await stream.ReadAtLeastAsync(buffer, LongestBody, throwOnEndOfStream: false, cancel);
            var word = JsonSerializer.Deserialize(buffer.AsSpan(0, read), KubernetesJson.Default.StatusDto)?.Message?.Trim().TrimEnd('.');
            if (string.IsNullOrEmpty(word) || secrets.Any(one => word.Contains(one, StringComparison.Ordinal))) return null;
            return word.Length > LongestWord ? $"{word[..LongestWord]}…" : word;
        }
        catch (Exception fault) when (fault is JsonException or IOException or HttpRequestException)
        {
            return null;
        }
    }

    private static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var said = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - (response.Headers.Date ?? time.GetUtcNow()),
            _ => (TimeSpan?)null,
        };
        return said is null ? null : said < TimeSpan.Zero ? TimeSpan.Zero : said > LongestPause ? LongestPause : said;
    }

    private static ClusterUnavailableException Fault(TroubleKind kind, string sentence) => new(new ClusterTrouble(kind, sentence));
}
