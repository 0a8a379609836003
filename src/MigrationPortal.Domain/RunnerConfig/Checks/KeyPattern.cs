using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>Some keys, by the schema path: <c>*</c> is any part of one name, <c>**</c> any names.</summary>
internal sealed class KeyPattern(string pattern)
{
    private readonly Regex _regex = new(
        "^" + Regex.Escape(pattern).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^.]*", StringComparison.Ordinal) + "$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    public bool Matches(string schemaPath) => _regex.IsMatch(schemaPath);
}
