using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.Clusters;

/// <summary>Names as Kubernetes takes them for namespaces (RFC 1123): 1 to 63 of <c>a-z 0-9 -</c>, neither first nor last a dash.</summary>
public static partial class DnsLabel
{
    public const int Longest = 63;

    public const string Form = "1 to 63 of a-z, 0-9 and '-', beginning and ending with a letter or digit";

    public static bool IsOne(string? text) => text is not null && Label().IsMatch(text);

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex Label();
}
