using System.Text.RegularExpressions;
using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Cohorts.Groups;

/// <summary>How GitLab expands a variable in a job's tags (gitlab-api.md 8): an empty value leaves no tag, one with commas several.</summary>
public static partial class TagVariable
{
    /// <summary>Variables that lead tags, each once, as they come.</summary>
    public static IEnumerable<string> NamesIn(IEnumerable<string> tags) =>
        tags.SelectMany(tag => Reference().Matches(tag)).Select(match => match.Groups[1].Value).Distinct(StringComparer.Ordinal);

    /// <returns>What the job asks for when the variable is this; null where another variable has a part in it.</returns>
    public static TagSet? Expand(IEnumerable<string> tags, string variable, TagSet value)
    {
        var expanded = tags.Select(tag => Reference().Replace(tag, match => match.Groups[1].Value == variable ? Text(value) : match.Value)).ToList();
        return expanded.Exists(tag => Reference().IsMatch(tag)) ? null : Split(string.Join(',', expanded));
    }

    /// <summary>The tags that a value gives.</summary>
    public static TagSet Split(string value) => TagSet.Of(value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    public static string Text(TagSet value) => string.Join(',', value);

    [GeneratedRegex(@"\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?", RegexOptions.CultureInvariant)]
    private static partial Regex Reference();
}
