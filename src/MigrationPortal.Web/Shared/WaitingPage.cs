using System.Net;

namespace MigrationPortal.Web.Shared;

/// <summary>What a browser gets when the portal's own pages cannot be drawn: plain words, nothing of our inside, no session needed.</summary>
internal static class WaitingPage
{
    /// <summary>503; where it only reads, the browser asks again by itself.</summary>
    public static Task WriteAsync(HttpContext http, string title, string text)
    {
        // What comes back from GitLab's sign-in holds a code that is good only once.
        var again = HttpMethods.IsGet(http.Request.Method) && !http.Request.Query.ContainsKey("code");
        if (again) http.Response.Headers["Refresh"] = "3";
        return WriteAsync(http, StatusCodes.Status503ServiceUnavailable, title, again ? $"{text} This page tries again by itself." : text);
    }

    public static Task WriteAsync(HttpContext http, int status, string title, string text)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(
            $"""
            <!DOCTYPE html><html lang="en"><meta name="viewport" content="width=device-width"><title>{title}</title>
            <main style="font-family:system-ui,sans-serif;line-height:1.5;max-width:34rem;margin:15vh auto;padding:0 1rem"><h1 style="font-size:1.4rem">{title}</h1>
            <p>{WebUtility.HtmlEncode(text)}</p><p><a href="{WebUtility.HtmlEncode(http.Request.PathBase + "/")}">Overview</a></p></main></html>
            """,
            http.RequestAborted);
    }
}
