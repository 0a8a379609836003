using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MigrationPortal.Kubernetes;

/// <summary>YAML read as the JSON it stands for, with the plain scalars of YAML 1.1's core that Kubernetes accepts.</summary>
internal static partial class Yaml
{
    /// <summary>The first document; null when there is none.</summary>
    public static JsonNode? Read(string text) => Documents(text).FirstOrDefault();

    public static IEnumerable<JsonNode?> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Select(one => Node(one.RootNode));
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map => Map(map),
        YamlSequenceNode items => new JsonArray([.. items.Select(Node)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Tag.IsEmpty: true } plain => Plain(plain.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value ?? ""),
        _ => null,
    };

    private static JsonObject Map(YamlMappingNode map)
    {
        var result = new JsonObject();
        foreach (var (key, value) in map.OrderBy(one => one.Key is YamlScalarNode { Value: "<<" } ? 0 : 1))
        {
            if (key is YamlScalarNode { Value: "<<" } && Node(value) is JsonObject merged)
            {
                foreach (var (name, member) in merged)
                {
                    result[name] = member?.DeepClone();
                }
            }
            else
            {
                result[((YamlScalarNode)key).Value ?? ""] = Node(value);
            }
        }

        return result;
    }

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "on" => JsonValue.Create(true),
        "false" or "False" or "FALSE" or "no" or "off" => JsonValue.Create(false),
        _ when text.StartsWith("0o", StringComparison.Ordinal) && Octal().IsMatch(text) => JsonValue.Create(Convert.ToInt64(text[2..], 8)),
        _ when text.Length > 1 && text[0] == '0' && Octal().IsMatch("0o" + text) => JsonValue.Create(Convert.ToInt64(text, 8)),
        _ when Whole().IsMatch(text) && long.TryParse(text, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when Real().IsMatch(text) => JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(text),
    };

    [GeneratedRegex("^0o[0-7]+$")]
    private static partial Regex Octal();

    [GeneratedRegex("^[-+]?[0-9]+$")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Real();
}
