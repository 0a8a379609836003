using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MigrationPortal.World;

/// <summary>Raised while reading CI configuration; its message is GitLab's own and ends in a lint error.</summary>
internal sealed class CiError(string message) : Exception(message);

/// <summary>A mapping of a CI file, in written order. Values are <see cref="CiMap"/>, <see cref="List{T}"/> of object,
/// string, or null; scalars stay as written.</summary>
internal sealed class CiMap
{
    private readonly List<string> keys = [];
    private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Keys => keys;

    public object? this[string key]
    {
        get => values.GetValueOrDefault(key);
        set
        {
            if (values.TryAdd(key, value))
            {
                keys.Add(key);
            }
            else
            {
                values[key] = value;
            }
        }
    }

    public bool Has(string key) => values.ContainsKey(key);

    public void Remove(string key)
    {
        if (values.Remove(key))
        {
            keys.Remove(key);
        }
    }

    public CiMap Copy()
    {
        var copy = new CiMap();
        foreach (var key in keys)
        {
            copy[key] = values[key];
        }

        return copy;
    }

    /// <summary>GitLab's merge of includes and extends: mappings deeply, all else replaced.</summary>
    public static CiMap Merge(CiMap under, CiMap over)
    {
        var merged = under.Copy();
        foreach (var key in over.Keys)
        {
            merged[key] = merged[key] is CiMap a && over[key] is CiMap b ? Merge(a, b) : over[key];
        }

        return merged;
    }
}

/// <summary>A <c>!reference [job, key]</c> waiting to be looked up.</summary>
internal sealed record CiReference(IReadOnlyList<string> Path);

internal static class CiYaml
{
    public static CiMap Parse(string text)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(text));
        }
        catch (YamlException e)
        {
            throw new CiError($"(<unknown>): {e.Message.Split('\n')[0]} at line {e.Start.Line} column {e.Start.Column}");
        }

        if (stream.Documents.Count == 0)
        {
            throw new CiError("Please provide content of .gitlab-ci.yml");
        }

        return Convert(stream.Documents[^1].RootNode) as CiMap ?? throw new CiError("Invalid configuration format");
    }

    private static object? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => ConvertMap(map),
        YamlSequenceNode list when !list.Tag.IsEmpty && list.Tag.Value == "!reference" =>
            new CiReference([.. list.Children.Select(c => c.ToString())]),
        YamlSequenceNode list => list.Children.Select(Convert).ToList(),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "null" or "~" } => null,
        YamlScalarNode scalar => scalar.Value,
        _ => null,
    };

    private static CiMap ConvertMap(YamlMappingNode node)
    {
        var map = new CiMap();
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: "<<" } && Convert(value) is CiMap merged)
            {
                foreach (var name in merged.Keys.Where(k => !map.Has(k)))
                {
                    map[name] = merged[name];
                }

                continue;
            }

            map[key.ToString()] = Convert(value);
        }

        return map;
    }

    /// <summary>Reads what GitLab reads as a list of strings: one string, a list, a nested list.</summary>
    public static List<string> Strings(object? value) => value switch
    {
        null => [],
        string one => [one],
        List<object?> list => [.. list.SelectMany(Strings)],
        _ => [],
    };

    public static bool IsTrue(object? value) => value is string s && s.Equals("true", StringComparison.OrdinalIgnoreCase);
}
