using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Conversion;

/// <summary>Names as Kubernetes takes them: RFC 1123 labels and subdomains (k8s.io/apimachinery, <c>validation.go</c>).</summary>
internal static partial class DnsLabel
{
    public const int Longest = 63;

    /// <summary>The nearest label to <paramref name="text"/>; <paramref name="otherwise"/> when nothing of it is left.</summary>
    public static string Of(string text, string otherwise)
    {
        var label = Strange().Replace(text.ToLowerInvariant(), "-").Trim('-');
        if (label.Length > Longest) label = label[..Longest].TrimEnd('-');
        return label.Length == 0 ? otherwise : label;
    }

    public static bool IsSubdomain(string text) => text.Length is > 0 and <= 253 && Subdomain().IsMatch(text);

    public static bool IsLabel(string text) => text.Length is > 0 and <= Longest && Label().IsMatch(text);

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Strange();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();
}
