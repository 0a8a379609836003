using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MigrationPortal.Kubernetes;

/// <summary>Bodies, which may be JSON or YAML.</summary>
internal static class BodyReader
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="StatusException">415: it is protobuf, which this server does not read.</exception>
    public static async Task<string> TextAsync(HttpRequest request)
    {
        if (request.ContentType?.Contains("protobuf", StringComparison.Ordinal) == true)
        {
            throw StatusException.UnsupportedMedia("application/json, application/yaml");
        }

        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
    }

    /// <exception cref="StatusException">400: it is neither, or not an object.</exception>
    public static JsonObject Object(string text) =>
        Node(text) as JsonObject ?? throw StatusException.BadRequest("the request body is not an object");

    public static JsonNode? Node(string text)
    {
        var trimmed = text.AsSpan().TrimStart();
        try
        {
            return trimmed.StartsWith("{", StringComparison.Ordinal) || trimmed.StartsWith("[", StringComparison.Ordinal)
                ? JsonNode.Parse(text, documentOptions: Strict)
                : Yaml.Read(text);
        }
        catch (JsonException wrong)
        {
            throw StatusException.BadRequest($"error decoding JSON: {wrong.Message}");
        }
        catch (YamlDotNet.Core.YamlException wrong)
        {
            throw StatusException.BadRequest($"error decoding YAML: {wrong.Message}");
        }
    }
}
