using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MigrationPortal.Simulator;

/// <summary>The parameters of a call, from query, form and JSON body alike, with GitLab's validation words. Problems add
/// up; ask <see cref="Refusal"/> once everything is read.</summary>
internal sealed class Parameters(Dictionary<string, JsonNode?> values)
{
    private readonly List<string> problems = [];

    /// <summary>400 with every problem found so far, or null.</summary>
    public ApiAnswer? Refusal => problems.Count == 0 ? null : ApiAnswer.Error(400, string.Join(", ", problems));

    public bool Has(string name) => values.ContainsKey(name);

    public bool HasAny(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Has(name))
            {
                return true;
            }
        }

        return false;
    }

    public JsonNode? Node(string name) => values.GetValueOrDefault(name);

    public string? Text(string name) => Node(name) is JsonValue value ? Scalar(value) : null;

    public string Required(string name)
    {
        if (Text(name) is { } text)
        {
            return text;
        }

        problems.Add($"{name} is missing");
        return "";
    }

    public int? Number(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        problems.Add($"{name} is invalid");
        return null;
    }

    public int RequiredNumber(string name)
    {
        if (!Has(name))
        {
            problems.Add($"{name} is missing");
            return 0;
        }

        return Number(name) ?? 0;
    }

    public bool? Flag(string name)
    {
        switch (Text(name)?.ToLowerInvariant())
        {
            case null or "": return null;
            case "true" or "1" or "t" or "yes" or "on": return true;
            case "false" or "0" or "f" or "no" or "off": return false;
            default:
                problems.Add($"{name} is invalid");
                return null;
        }
    }

    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return time;
        }

        problems.Add($"{name} is invalid");
        return null;
    }

    public string? OneOf(string name, params ReadOnlySpan<string> allowed)
    {
        if (Text(name) is not { Length: > 0 } text)
        {
            return null;
        }

        if (!allowed.Contains(text))
        {
            problems.Add($"{name} does not have a valid value");
        }

        return text;
    }

    /// <summary>An array, or one string with commas; null when not given.</summary>
    public IReadOnlyList<string>? List(string name) => !Has(name) ? null : Node(name) switch
    {
        JsonArray array => [.. array.OfType<JsonValue>().Select(Scalar)],
        JsonValue value => Scalar(value).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        _ => [],
    };

    public IReadOnlyList<int>? Numbers(string name) =>
        List(name)?.Select(t => int.TryParse(t, CultureInfo.InvariantCulture, out var n) ? n : 0).Where(n => n > 0).ToArray();

    public void Problem(string text) => problems.Add(text);

    private static string Scalar(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => value.ToJsonString(),
    };
}
