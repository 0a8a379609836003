using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.Simulator;

/// <summary>Reads what a client sent, however it sent it: query, form fields, JSON body. Later sources win.</summary>
internal static class ParametersReader
{
    /// <summary>Null when the body says it is JSON and is not.</summary>
    public static async Task<Parameters?> ReadAsync(HttpRequest request)
    {
        var values = new Dictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (name, texts) in request.Query)
        {
            Add(values, name, texts);
        }

        if (request.HasFormContentType)
        {
            foreach (var (name, texts) in await request.ReadFormAsync())
            {
                Add(values, name, texts);
            }
        }
        else if (request.HasJsonContentType() && !await AddJsonAsync(values, request))
        {
            return null;
        }

        return new Parameters(values);
    }

    private static async Task<bool> AddJsonAsync(Dictionary<string, JsonNode?> values, HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        if (string.IsNullOrWhiteSpace(text))
        {
            return true;
        }

        try
        {
            if (JsonNode.Parse(text) is not JsonObject body)
            {
                return false;
            }

            foreach (var (name, node) in body)
            {
                values[name] = node?.DeepClone();
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Rails' way: "scope[]=a&scope[]=b" and "scope[0]=a" are arrays.
    private static void Add(Dictionary<string, JsonNode?> values, string name, IEnumerable<string?> texts)
    {
        var bracket = name.IndexOf('[', StringComparison.Ordinal);
        if (bracket <= 0)
        {
            values[name] = JsonValue.Create(texts.LastOrDefault() ?? "");
            return;
        }

        var key = name[..bracket];
        if (values.GetValueOrDefault(key) is not JsonArray array)
        {
            values[key] = array = [];
        }

        foreach (var text in texts)
        {
            array.Add(JsonValue.Create(text ?? ""));
        }
    }
}
