using Microsoft.AspNetCore.Diagnostics;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Hosting;

/// <summary>Statuses that nobody gave a body: for programs they become problem details too, for people a page.</summary>
internal static class MissingRoutes
{
    public static Task AnswerAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        if (!http.IsApi())
        {
            return http.Response.StatusCode == StatusCodes.Status404NotFound
                ? WaitingPage.WriteAsync(http, StatusCodes.Status404NotFound, "There is no such page", "It may have been moved, or the link is from a newer version of the portal.")
                : Task.CompletedTask;
        }

        var answer = http.Response.StatusCode switch
        {
            StatusCodes.Status404NotFound => Problems.Of(404, "not-found", $"There is no route {http.Request.Method} {http.Request.Path}. The document at /openapi/v1.json lists all."),
            StatusCodes.Status405MethodNotAllowed => Problems.Of(405, "method-not-allowed", $"{http.Request.Path} does not know {http.Request.Method}. It allows: {http.Response.Headers.Allow}."),
            StatusCodes.Status415UnsupportedMediaType => Problems.Of(415, "unsupported-media-type", "Send JSON with the header Content-Type: application/json."),
            var other => Problems.Of(other, "status-" + other, Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(other)),
        };
        return answer.ExecuteAsync(http);
    }
}
