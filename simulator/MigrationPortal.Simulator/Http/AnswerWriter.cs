using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MigrationPortal.Simulator;

/// <summary>Writes an answer outside the lock, with the headers GitLab puts on everything.</summary>
internal static class AnswerWriter
{
    public static async Task WriteAsync(HttpContext http, ApiAnswer answer)
    {
        var response = http.Response;
        response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers[name] = value;
        }

        if (answer.Status == 401 && answer.Body is not null)
        {
            response.Headers.WWWAuthenticate = "Bearer realm=\"Protected by OAuth 2.0\"";
        }

        if (answer.Status is 204 or 304)
        {
            return;
        }

        var body = answer.ContentType is null
            ? JsonSerializer.SerializeToUtf8Bytes(answer.Body, GitLabJson.Options)
            : Encoding.UTF8.GetBytes((string?)answer.Body ?? "");
        response.ContentType = answer.ContentType ?? "application/json";
        if (answer.Status == 200 && Tagged(http, body))
        {
            response.StatusCode = 304;
            response.ContentType = null;
            return;
        }

        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await response.Body.WriteAsync(body, http.RequestAborted);
        }
    }

    /// <summary>Sets the weak ETag; true when the client has this very answer already.</summary>
    private static bool Tagged(HttpContext http, byte[] body)
    {
        if (!HttpMethods.IsGet(http.Request.Method))
        {
            return false;
        }

        var tag = $"W/\"{Base64Url.EncodeToString(SHA256.HashData(body).AsSpan(0, 16))}\"";
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "max-age=0, private, must-revalidate";
        return http.Request.Headers.IfNoneMatch.Contains(tag, StringComparer.Ordinal);
    }
}
