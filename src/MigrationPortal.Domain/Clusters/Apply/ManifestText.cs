using System.Globalization;
using System.Text.Json.Nodes;
using MigrationPortal.Domain.Shared;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>Manifests out of YAML with one document an object, by the core schema of YAML 1.2 as Kubernetes reads it.</summary>
public static class ManifestText
{
    /// <returns>In the order in which they are applied. Refuses <c>invalid-rendering</c>.</returns>
    public static Outcome<IReadOnlyList<Manifest>> Read(IEnumerable<string> texts)
    {
        var found = new List<Manifest>();
        foreach (var text in texts)
        {
            IReadOnlyList<YamlDocument> documents;
            try
            {
                (documents, var large) = YamlTree.Read(text, YamlBounds.Large with { MostAliases = YamlBounds.Small.MostAliases });
                if (large is not null) return Refusal.Of("invalid-rendering", $"The rendering cannot be read: {large}.");
            }
            catch (YamlException fault)
            {
                return Refusal.Of("invalid-rendering", $"The rendering is no YAML: line {fault.Start.Line}.");
            }

            foreach (var root in documents.Select(document => document.RootNode).OfType<YamlMappingNode>())
            {
                if (!Manifest.Of(Map(root)).TryGet(out var manifest, out var no)) return no;
                // Forms of one configuration overlap: an object that both hold is the same.
                if (found.Find(one => one.Key == manifest.Key) is not { } there) found.Add(manifest);
                else if (!JsonNode.DeepEquals(there.Body, manifest.Body)) return Refusal.Of("invalid-rendering", $"The rendering holds {manifest.Key} twice, and not the same.");
            }
        }

        return found.OrderBy(one => one.Order).ToList();
    }

    private static JsonObject Map(YamlMappingNode map)
    {
        var json = new JsonObject();
        foreach (var (key, value) in map.Children) json[((YamlScalarNode)key).Value ?? ""] = Node(value);
        return json;
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map => Map(map),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var plain } => Plain(plain ?? ""),
        YamlScalarNode { Value: var text } => JsonValue.Create(text),
        _ => null,
    };

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when text[0] is '-' or '.' or (>= '0' and <= '9') && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
