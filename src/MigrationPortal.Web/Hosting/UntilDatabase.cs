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

        await WaitingPage.WriteAsync(http, "MigrationPortal is starting", database.State);
    }
}
