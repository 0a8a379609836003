using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Labels of pods, made as gitlab-runner makes them: strange characters become <c>_</c>, ends are trimmed, 63 characters stay.</summary>
internal static partial class PodLabel
{
    private const int Longest = 63;

    /// <summary>Null when nothing is left of it.</summary>
    public static string? Key(string name)
    {
        var cut = name.LastIndexOf('/');
        var (prefix, plain) = cut < 0 ? ("", name) : (name[..cut].ToLowerInvariant(), name[(cut + 1)..]);
        var key = Trimmed(plain);
        if (key.Length == 0) return null;
        return prefix.Length == 0 ? key : DnsLabel.IsSubdomain(prefix) ? $"{prefix}/{key}" : Trimmed($"{prefix}_{key}");
    }

    /// <summary>Values with variables are left as they are: the runner expands them first.</summary>
    public static string Value(string value) => value.Contains('$', StringComparison.Ordinal) ? value : Trimmed(value);

    /// <summary>The runner drops labels of its own domain without a word.</summary>
    public static bool IsReserved(string key) => Reserved().IsMatch(key);

    private static string Trimmed(string text)
    {
        var plain = Strange().Replace(text, "_").Trim('-', '_', '.');
        return plain.Length <= Longest ? plain : plain[..Longest].Trim('-', '_', '.');
    }

    [GeneratedRegex("[^A-Za-z0-9._-]")]
    private static partial Regex Strange();

    [GeneratedRegex(@"(^|\.)runner\.gitlab\.com(/|$)", RegexOptions.NonBacktracking)]
    private static partial Regex Reserved();
}
