using System.Text.RegularExpressions;

namespace MigrationPortal.World;

/// <summary>Variables known while a pipeline is made: later layers win.</summary>
internal sealed partial class CiVariables
{
    private readonly Dictionary<string, string> values;
    private readonly IReadOnlyDictionary<string, string>? under;
    private Dictionary<string, string>? added;

    public CiVariables() => values = new(StringComparer.Ordinal);

    private CiVariables(Dictionary<string, string> values, IReadOnlyDictionary<string, string> under)
    {
        this.values = values;
        this.under = under;
    }

    public string? this[string key] => values.GetValueOrDefault(key) ?? under?.GetValueOrDefault(key) ?? added?.GetValueOrDefault(key);

    public void Set(string key, string value) => values[key] = value;

    /// <summary>Sets what no layer knows.</summary>
    public void SetMissing(string key, string value) => (added ??= new(StringComparer.Ordinal)).TryAdd(key, value);

    /// <summary>These variables over another layer, which is only read.</summary>
    public CiVariables Over(IReadOnlyDictionary<string, string> layer) => new(values, layer);

    /// <summary>Expands variables that exist; an unset one stays as it is written.</summary>
    public string ExpandExisting(string text) => text.Contains('$', StringComparison.Ordinal)
        ? Reference().Replace(text, m => this[m.Groups[1].Success ? m.Groups[1].Value : m.Groups[2].Value] ?? m.Value)
        : text;

    /// <summary>A job's tags as GitLab fixes them: expanded, split at commas, trimmed, blanks dropped.</summary>
    public TagSet ExpandTags(IReadOnlyList<string> written) => written.Count == 0
        ? TagSet.Empty
        : TagSet.Of(written.Select(ExpandExisting).SelectMany(TagText.Split));

    [GeneratedRegex(@"\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}

/// <summary>GitLab's tag parsing (acts-as-taggable's default parser): a list is joined by comma, then whole tags in quotes first, so that they may hold a comma, then by comma, trimmed, blanks dropped.</summary>
internal static partial class TagText
{
    public static IEnumerable<string> Split(string text)
    {
        var tags = new List<string>();
        var rest = Quoted().Replace(text, match =>
        {
            tags.Add(match.Groups["tag"].Value.Trim());
            return "";
        });
        tags.AddRange(rest.Split(',', StringSplitOptions.TrimEntries));
        return tags.Where(tag => tag.Length > 0);
    }

    /// <summary>Parsed and without duplicates, in given order.</summary>
    public static List<string> Parse(IEnumerable<string> given) =>
        [.. Split(string.Join(", ", given)).Distinct(StringComparer.Ordinal)];

    [GeneratedRegex("""(?:\A|,)\s*(?<quote>["'])(?<tag>.*?)\k<quote>\s*(?=,|\z)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Quoted();
}
