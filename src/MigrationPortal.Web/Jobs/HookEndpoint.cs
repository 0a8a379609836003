using Microsoft.AspNetCore.Http.HttpResults;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Jobs;

/// <summary>GitLab's job events: a faster way to the same record as the sweep, proven by their secret or signature.</summary>
internal static class HookEndpoint
{
    private const int LongestBody = 512 * 1024;

    public static void MapHooks(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/hooks/gitlab", ReceiveAsync).AllowAnonymous().WithTags("Hooks").WithSummary("Receives GitLab's job events")
            .Accepts<object>("application/json").WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LongestBody));

    private static async Task<Results<Ok, ProblemHttpResult>> ReceiveAsync(HttpContext http, IJobEventReader reader, IJobStore store, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, cancel);
        var headers = http.Request.Headers.ToDictionary(one => one.Key, one => one.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        switch (reader.Read(headers, body.GetBuffer().AsSpan(0, (int)body.Length)))
        {
            case JobEvent.Observed(var instance, var job):
                await store.RecordAsync(instance, [job], cancel);
                return TypedResults.Ok();
            case JobEvent.NotProven(var why):
                return Problems.Of(StatusCodes.Status401Unauthorized, "not-proven", why);
            case JobEvent.Unreadable(var why):
                return Problems.Of(StatusCodes.Status400BadRequest, "unreadable", why);
            default:
                return TypedResults.Ok();
        }
    }
}
