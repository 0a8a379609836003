using System.Net;
using MigrationPortal.Domain.Instances;
using MigrationPortal.Domain.Shared;
using Polly.Timeout;

namespace MigrationPortal.Infrastructure.GitLab;

/// <summary>
/// Outermost: whatever is not an answer of GitLab's API leaves as <see cref="GitLabUnavailableException"/> with a
/// sentence that helps: no answer, 5xx, 429 after waiting, a redirect, HTML from a proxy or a foreign server.
/// </summary>
internal sealed class GitLabFaultHandler(InstanceId instance, Uri address, TimeProvider time) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException fault)
        {
            throw Unavailable($"{address} does not answer ({Why(fault)})", fault);
        }
        catch (TimeoutRejectedException fault)
        {
            throw Unavailable($"{address} did not answer within {fault.Timeout.TotalSeconds:0} s", fault);
        }
        if (Complaint(request, response) is not { } complaint) return response;
        var fit = Unavailable(complaint, null, (int)response.StatusCode, RetryAdvice.Of(response, time));
        response.Dispose();
        throw fit;
    }

    private string? Complaint(HttpRequestMessage request, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode == HttpStatusCode.TooManyRequests) return "asks for fewer requests (429)";
        if (status >= 500) return $"answers {status}";
        if (status is >= 300 and < 400) return $"{address} redirects to {response.Headers.Location?.GetLeftPart(UriPartial.Path) ?? "elsewhere"}: set Url to GitLab's own address";
        if (status == 204 || response.Content.Headers.ContentLength == 0) return null;
        var kind = response.Content.Headers.ContentType?.MediaType;
        if (kind is "text/plain" && response.IsSuccessStatusCode && request.Options.TryGetValue(LogTail.Kept, out _)) return null;
        return kind is "application/json" || kind?.EndsWith("+json", StringComparison.Ordinal) == true
            ? null
            : $"{address} answers {kind ?? "no content type"} ({status}) where GitLab's API answers JSON: a proxy, a sign-in page or another server stands there";
    }

    private static string Why(HttpRequestException fault) => fault.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "its name is not found",
        HttpRequestError.SecureConnectionError => "its certificate is not trusted or TLS failed; see CaFile",
        HttpRequestError.ProxyTunnelError => "the proxy refuses",
        HttpRequestError.ConnectionError => "no connection",
        HttpRequestError.ResponseEnded => "the connection was dropped",
        HttpRequestError.ConfigurationLimitExceeded => "the answer is too large",
        _ => fault.InnerException is IOException ? "the connection was dropped" : fault.Message,
    };

    private GitLabUnavailableException Unavailable(string message, Exception? inner, int? status = null, TimeSpan? retryAfter = null) =>
        new(instance, message, inner) { Status = status, RetryAfter = retryAfter };
}
