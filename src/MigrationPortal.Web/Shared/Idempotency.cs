using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using MigrationPortal.Domain.Access;
using MigrationPortal.Web.Access;

namespace MigrationPortal.Web.Shared;

/// <summary>
/// <c>Idempotency-Key</c> on POSTs: the same key and body give the same answer, another body is refused. Kept answers
/// are encrypted, because some hold a secret that is shown once.
/// </summary>
internal sealed class Idempotency(RequestDelegate next, IIdempotencyStore store, IDataProtectionProvider protection, TimeProvider time)
{
    public const string Header = "Idempotency-Key";

    private readonly IDataProtector _protector = protection.CreateProtector("MigrationPortal.Answers.v1");

    public async Task InvokeAsync(HttpContext http)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length == 0 || !HttpMethods.IsPost(http.Request.Method) || !http.Request.Path.StartsWithSegments("/api"))
        {
            await next(http);
            return;
        }

        if (key.Length > 200)
        {
            await RequestErrors.Of(new Dictionary<string, string[]> { [Header] = ["Too long: at most 200 characters."] }).ExecuteAsync(http);
            return;
        }

        var caller = http.User.Actor().ToString();
        var route = $"{http.Request.Path}{http.Request.QueryString}";
        switch (await store.ClaimAsync(caller, route, key, await HashAsync(http), time.GetUtcNow(), http.RequestAborted))
        {
            case IdempotencyClaim.OtherBody:
                await Problems.Of(StatusCodes.Status422UnprocessableEntity, "idempotency-key-reused", $"This {Header} was used with another body. Use a new key for a new request.").ExecuteAsync(http);
                return;
            case IdempotencyClaim.UnderWay:
                http.Response.Headers.RetryAfter = "1";
                await Problems.Of(StatusCodes.Status409Conflict, "request-under-way", $"The first request with this {Header} is still running.").ExecuteAsync(http);
                return;
            case IdempotencyClaim.Answered(var answer):
                await ReplayAsync(http, answer);
                return;
            default:
                await AnswerAsync(http, caller, route, key);
                return;
        }
    }

    private async Task AnswerAsync(HttpContext http, string caller, string route, string key)
    {
        var wire = http.Response.Body;
        using var kept = new MemoryStream();
        http.Response.Body = kept;
        var done = false;
        try
        {
            await next(http);
            if (http.Response.StatusCode < StatusCodes.Status500InternalServerError)
            {
                var body = Encoding.UTF8.GetString(kept.ToArray());
                await store.AnswerAsync(caller, route, key,
                    new StoredAnswer(http.Response.StatusCode, _protector.Protect(body), http.Response.Headers.Location), CancellationToken.None);
                done = true;
            }
        }
        finally
        {
            http.Response.Body = wire;
            // A fault had no effect worth keeping: the same key may try again.
            if (!done) await store.ForgetAsync(caller, route, key, CancellationToken.None);
        }

        kept.Position = 0;
        await kept.CopyToAsync(wire, http.RequestAborted);
    }

    private async Task ReplayAsync(HttpContext http, StoredAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.Headers["Idempotency-Replayed"] = "true";
        if (answer.Status == StatusCodes.Status202Accepted) http.Response.Headers.RetryAfter = "1";
        if (answer.Location is { Length: > 0 } location) http.Response.Headers.Location = location;
        var body = _protector.Unprotect(answer.Body);
        if (body.Length == 0) return;
        http.Response.ContentType = answer.Status >= StatusCodes.Status400BadRequest ? "application/problem+json" : "application/json; charset=utf-8";
        await http.Response.WriteAsync(body, http.RequestAborted);
    }

    private static async Task<string> HashAsync(HttpContext http)
    {
        http.Request.EnableBuffering();
        var hash = await SHA256.HashDataAsync(http.Request.Body, http.RequestAborted);
        http.Request.Body.Position = 0;
        return Convert.ToHexStringLower(hash);
    }
}
