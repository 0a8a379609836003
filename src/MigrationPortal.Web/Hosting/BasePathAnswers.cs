using Microsoft.Net.Http.Headers;

namespace MigrationPortal.Web.Hosting;

/// <summary>Routes of the API name each other from the root; only here is known below which path the portal is served.</summary>
internal sealed class BasePathAnswers(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var root = http.Request.PathBase;
        http.Response.OnStarting(() =>
        {
            if (http.Response.Headers[HeaderNames.Location].ToString() is { } location && location.StartsWith("/api/", StringComparison.Ordinal))
                http.Response.Headers[HeaderNames.Location] = root + location;
            return Task.CompletedTask;
        });
        return next(http);
    }
}
