using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MigrationPortal.Kubernetes;

internal static class StatusWriter
{
    public static Task WriteAsync(HttpContext http, StatusException refusal)
    {
        if (refusal.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(provider: null);
        }

        return WriteAsync(http, refusal.Code, refusal.ToJson());
    }

    public static async Task WriteAsync(HttpContext http, int code, JsonNode body)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "application/json";
        await http.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(body, WireJson.Options), http.RequestAborted);
    }

    public static async Task WriteAsync(HttpContext http, int code, StoredObject item, ResourceKind kind)
    {
        http.Response.StatusCode = code;
        http.Response.ContentType = "application/json";
        var (head, rest) = WireJson.Parts(item, kind, WireJson.Head(kind), bare: false);
        await http.Response.Body.WriteAsync(head, http.RequestAborted);
        await http.Response.Body.WriteAsync(rest, http.RequestAborted);
    }

    /// <summary>What a delete that left nothing answers.</summary>
    public static JsonObject Gone(ResourceKind kind, string name, string? uid)
    {
        var details = new JsonObject { ["name"] = name };
        if (kind.Group.Length > 0)
        {
            details["group"] = kind.Group;
        }

        details["kind"] = kind.Plural;
        details["uid"] = uid;
        return new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Success",
            ["details"] = details,
        };
    }
}
