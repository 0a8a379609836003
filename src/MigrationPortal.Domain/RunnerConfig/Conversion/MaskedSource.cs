using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>A configuration to look at: line by line, without its secrets. Rather too much is taken out than too little.</summary>
public static partial class MaskedSource
{
    public static IReadOnlyList<string> Lines(string toml)
    {
        ArgumentNullException.ThrowIfNull(toml);
        return [.. toml.ReplaceLineEndings("\n").Split('\n').Select(Line)];
    }

    private static string Line(string line)
    {
        if (LongWord().IsMatch(line)) return $"{Indent().Match(line).Value}{SecretSigns.Mark}";
        var masked = Pair().Replace(line, match => SecretSigns.IsSecretName(match.Groups["name"].Value) ? $"{match.Groups["name"].Value}={SecretSigns.Mark}{match.Groups["quote"].Value}" : match.Value);
        var cut = masked.IndexOf('=', StringComparison.Ordinal);
        if (cut > 0 && (IsSecretKey(masked[..cut].Trim()) || SecretSigns.HoldsSecret(masked))) return $"{masked[..(cut + 1)]} {SecretSigns.Mark}";
        return SecretSigns.HoldsSecret(masked) ? $"{Indent().Match(line).Value}{SecretSigns.Mark}" : masked;
    }

    // An opening quote alone begins an entry of a list, which was looked at above.
    private static bool IsSecretKey(string name) => (!name.StartsWith('"') || name.EndsWith('"')) && SecretSigns.IsSecretName(name.Trim('"', '\''));

    // "name=value" within a list of texts.
    [GeneratedRegex(@"(?<=[""'])(?<name>[\w.-]+)=[^""']*(?<quote>[""'])", RegexOptions.CultureInvariant)]
    private static partial Regex Pair();

    [GeneratedRegex(@"^\s*")]
    private static partial Regex Indent();

    // The inside of a key that was pasted over several lines.
    [GeneratedRegex(@"^\s*[A-Za-z0-9+/=]{40,}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex LongWord();
}
