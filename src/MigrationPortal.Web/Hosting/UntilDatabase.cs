using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Hosting;

/// <summary>Until the database is prepared there are no sessions, tokens or pages: every address but health says why.</summary>
internal sealed class UntilDatabase(RequestDelegate next, DatabaseStart database)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (database.Done.IsCompleted || http.Request.Path.StartsWithSegments("/health"))
        {
            await next(http);
            return;
        }

        http.Response.Headers.RetryAfter = "2";
        if (http.IsApi())
        {
            await Problems.Of(StatusCodes.Status503ServiceUnavailable, "starting", database.State).ExecuteAsync(http);
            return;
        }

        http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        http.Response.ContentType = "text/html; charset=utf-8";
        http.Response.Headers["Refresh"] = "3";
        await http.Response.WriteAsync(
            $"<!DOCTYPE html><html lang=\"en\"><title>MigrationPortal is starting</title><main style=\"font-family:sans-serif;max-width:34rem;margin:15vh auto\"><h1>MigrationPortal is starting</h1><p>{System.Net.WebUtility.HtmlEncode(database.State)}</p><p>This page tries again by itself.</p></main></html>",
            http.RequestAborted);
    }
}
