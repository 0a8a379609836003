using System.Text.RegularExpressions;

namespace MigrationPortal.Kubernetes;

/// <summary>A label selector as query parameter: <c>a=b</c>, <c>a!=b</c>, <c>a in (b,c)</c>, <c>a notin (b)</c>, <c>a</c>, <c>!a</c>.</summary>
internal sealed partial class LabelSelector
{
    private readonly IReadOnlyList<Func<IReadOnlyList<KeyValuePair<string, string>>, bool>> terms;

    private LabelSelector(IReadOnlyList<Func<IReadOnlyList<KeyValuePair<string, string>>, bool>> terms) => this.terms = terms;

    public bool IsEmpty => terms.Count == 0;

    public bool Matches(IReadOnlyList<KeyValuePair<string, string>> labels) => terms.All(term => term(labels));

    /// <exception cref="StatusException">400: it cannot be read.</exception>
    public static LabelSelector Parse(string? text) =>
        new([.. Comma().Split(text ?? "").Where(term => !string.IsNullOrWhiteSpace(term)).Select(term => Term(term.Trim()))]);

    private static Func<IReadOnlyList<KeyValuePair<string, string>>, bool> Term(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
        {
            throw StatusException.BadRequest($"unable to parse requirement: found '{text}', expected: a label selector requirement");
        }

        var key = match.Groups["key"].Value;
        string[] values = match.Groups["set"].Success
            ? match.Groups["set"].Value.Split(',', StringSplitOptions.TrimEntries)
            : [match.Groups["value"].Value];
        return match.Groups["op"].Value switch
        {
            "=" or "==" or "in" => labels => Find(labels, key) is { } value && values.Contains(value),
            "!=" or "notin" => labels => Find(labels, key) is not { } value || !values.Contains(value),
            _ when match.Groups["not"].Success => labels => Find(labels, key) is null,
            _ => labels => Find(labels, key) is not null,
        };
    }

    private static string? Find(IReadOnlyList<KeyValuePair<string, string>> labels, string key)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i].Key == key)
            {
                return labels[i].Value;
            }
        }

        return null;
    }

    // Commas inside parentheses belong to the set.
    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex Comma();

    [GeneratedRegex(@"^(?:(?<not>!)\s*(?<key>[A-Za-z0-9./_-]+)|(?<key>[A-Za-z0-9./_-]+)(?:\s*(?<op>==|=|!=)\s*(?<value>[A-Za-z0-9._-]*)|\s+(?<op>in|notin)\s*\((?<set>[A-Za-z0-9._,\s-]*)\))?)$")]
    private static partial Regex Form();
}
