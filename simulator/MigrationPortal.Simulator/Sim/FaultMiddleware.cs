using System.Globalization;
using System.Text;

namespace MigrationPortal.Simulator;

/// <summary>Makes calls go wrong as asked. <c>/_sim</c> and <c>/health</c> are never touched.</summary>
internal sealed class FaultMiddleware(RequestDelegate next, FaultRules rules, TimeProvider time)
{
    private const string Page =
        "<!DOCTYPE html><html><head><title>Sign in</title></head><body><h1>Corporate proxy</h1><p>Please sign in.</p></body></html>";

    public async Task InvokeAsync(HttpContext http)
    {
        var path = http.Request.PathBase + http.Request.Path;
        var fault = Exempt(http.Request.Path) ? null : rules.Hit(http.Request.Method, path.Value ?? "");
        if (fault is null)
        {
            await next(http);
            return;
        }

        if (fault.LatencyMs > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(fault.LatencyMs), time, http.RequestAborted);
        }

        if (fault.Kind == FaultKind.Latency)
        {
            await next(http);
            return;
        }

        if (fault.After)
        {
            await RunUnheardAsync(http);
        }

        await BreakAsync(http, fault);
    }

    private static bool Exempt(PathString path) => path.StartsWithSegments("/_sim") || path.StartsWithSegments("/health");

    // The call takes effect; nobody hears of it.
    private async Task RunUnheardAsync(HttpContext http)
    {
        var body = http.Response.Body;
        http.Response.Body = Stream.Null;
        await next(http);
        http.Response.Body = body;
        http.Response.Headers.Clear();
    }

    private async Task BreakAsync(HttpContext http, FaultRule fault)
    {
        switch (fault.Kind)
        {
            case FaultKind.Drop:
                http.Abort();
                return;
            case FaultKind.Html:
                await WriteAsync(http, 200, "text/html; charset=utf-8", Page);
                return;
            case FaultKind.RateLimitApp:
                await AnswerWriter.WriteAsync(http, AppLimiter.TooMany);
                return;
            case FaultKind.RateLimit:
                Throttle(http.Response.Headers, fault.RetryAfter ?? 30);
                await WriteAsync(http, 429, "text/plain", "Retry later\n");
                return;
            default:
                var status = fault.Status ?? 500;
                if (status is >= 502 and <= 504)
                {
                    await WriteAsync(http, status, "text/html", Proxy(status));
                    return;
                }

                await AnswerWriter.WriteAsync(http, ApiAnswer.Message(
                    status, status == 500 ? "500 Internal Server Error" : status.ToString(CultureInfo.InvariantCulture)));
                return;
        }
    }

    // GitLab's own nginx answers for an application that does not.
    private static string Proxy(int status)
    {
        var title = $"{status} {Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status)}";
        return $"<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";
    }

    private void Throttle(IHeaderDictionary headers, int retryAfter)
    {
        var reset = time.GetUtcNow().AddSeconds(retryAfter);
        headers["RateLimit-Name"] = "throttle_authenticated_api";
        headers["RateLimit-Limit"] = "120";
        headers["RateLimit-Observed"] = "121";
        headers["RateLimit-Remaining"] = "0";
        headers["RateLimit-Reset"] = reset.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        headers["RateLimit-ResetTime"] = reset.ToString("R", CultureInfo.InvariantCulture);
        headers.RetryAfter = retryAfter.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task WriteAsync(HttpContext http, int status, string type, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        http.Response.StatusCode = status;
        http.Response.ContentType = type;
        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
