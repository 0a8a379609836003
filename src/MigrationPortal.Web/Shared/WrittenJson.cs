using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MigrationPortal.Web.Shared;

/// <summary>An answer 200 in one piece, straight into the response's own buffers, by a writer made at build time.</summary>
internal sealed class WrittenJson<T>(T value, JsonTypeInfo<T> writer) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        var body = httpContext.Response.BodyWriter;
        await using (var json = new Utf8JsonWriter(body)) JsonSerializer.Serialize(json, value, writer);
        await body.FlushAsync(httpContext.RequestAborted);
    }
}
