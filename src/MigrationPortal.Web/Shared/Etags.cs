using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MigrationPortal.Web.Shared;

/// <summary>Versions of mutable resources: given as <c>ETag</c>, checked when the caller sends <c>If-Match</c>.</summary>
internal static class Etags
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"v{version}\"");

    public static string Of<T>(T state) => $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(state))))[..16]}\"";

    /// <summary>412 when the caller's version is not the current one; null when it is, or none was sent.</summary>
    public static ProblemHttpResult? Stale(HttpContext http, string current)
    {
        var wanted = http.Request.Headers.IfMatch;
        if (wanted.Count == 0 || wanted.ToString().Split(',').Any(one => one.Trim() is "*" || one.Trim() == current)) return null;
        http.Response.Headers.ETag = current;
        return Problems.Of(StatusCodes.Status412PreconditionFailed, "changed-meanwhile", $"It has changed since you read it; its version is now {current}. Read it again and repeat the change.");
    }
}
