using System.Buffers;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using MigrationPortal.Domain.Jobs;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Jobs;

/// <summary>GitLab's job events, proven by their secret or signature. Taken at once, recorded a moment later.</summary>
internal static class HookEndpoint
{
    /// <summary>Bytes; a job event has some 3,000.</summary>
    private const int LongestBody = 512 * 1024;

    // The secret is the whole sign-in: nothing of the pipeline behind routing (session, rights, antiforgery) has a say here.
    public static void MapHooks(this IEndpointRouteBuilder routes)
    {
        var inbox = routes.ServiceProvider.GetRequiredService<IJobInbox>();
        routes.MapPost("/hooks/gitlab", (HttpContext http, CancellationToken cancel) => ReceiveAsync(http, inbox, cancel)).AllowAnonymous()
            .WithTags("Hooks").WithSummary("Receives GitLab's job events").Produces(StatusCodes.Status200OK)
            .WithMetadata(new RequestSizeLimitAttribute(LongestBody)).ShortCircuit();
    }

    private static async Task ReceiveAsync(HttpContext http, IJobInbox inbox, CancellationToken cancel)
    {
        if (!http.Request.HasJsonContentType())
        {
            await Problems.Of(StatusCodes.Status415UnsupportedMediaType, "not-json", "Events are JSON: send them with Content-Type: application/json.").ExecuteAsync(http);
            return;
        }

        // Asked for one byte more than there can be: the whole body, in Kestrel's own buffers.
        var body = await http.Request.BodyReader.ReadAtLeastAsync(LongestBody + 1, cancel);
        var receipt = Take(http.Request.Headers, body.Buffer, inbox);
        http.Request.BodyReader.AdvanceTo(body.Buffer.End);
        var refusal = receipt switch
        {
            JobReceipt.Taken or JobReceipt.Ignored => null,
            JobReceipt.NotProven(var why) => Problems.Of(StatusCodes.Status401Unauthorized, "not-proven", why),
            JobReceipt.Unreadable(var why) => Problems.Of(StatusCodes.Status400BadRequest, "unreadable", why),
            JobReceipt.Full(var pause) => Full(http, pause),
            _ => throw new InvalidOperationException($"No answer for {receipt}."),
        };
        if (refusal is not null) await refusal.ExecuteAsync(http);
    }

    private static JobReceipt Take(IHeaderDictionary headers, ReadOnlySequence<byte> body, IJobInbox inbox)
    {
        var proof = new EventProof(headers["X-Gitlab-Token"], headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"]);
        if (body.IsSingleSegment) return inbox.Take(proof, body.FirstSpan);
        var joined = ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            body.CopyTo(joined);
            return inbox.Take(proof, joined.AsSpan(0, (int)body.Length));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(joined);
        }
    }

    private static Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult Full(HttpContext http, TimeSpan pause)
    {
        http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(pause.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problems.Of(StatusCodes.Status429TooManyRequests, "inbox-full", "More events wait than the portal can hold. Nothing is lost: its sweeps read these jobs too.");
    }
}
