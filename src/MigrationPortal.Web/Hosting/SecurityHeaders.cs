namespace MigrationPortal.Web.Hosting;

/// <summary>Nothing is loaded from or framed by other hosts, and a closed network proves it.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    // Blazor's import map and the style attributes of MudBlazor are inline.
    private const string Policy =
        "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self' ws: wss:; object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext http)
    {
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        return next(http);
    }
}
