using System.Text.RegularExpressions;

namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>What Kubernetes takes for a name (k8s.io/apimachinery, validation).</summary>
internal static partial class KubernetesNames
{
    /// <summary>RFC 1123 label: of volumes, containers, namespaces.</summary>
    public static bool IsLabel(string text) => text.Length <= 63 && Label().IsMatch(text);

    /// <summary>RFC 1123 subdomain: of Secrets, hosts, aliases.</summary>
    public static bool IsSubdomain(string text) => text.Length <= 253 && Subdomain().IsMatch(text);

    /// <summary>The key of a label or annotation, with or without a prefix.</summary>
    public static bool IsLabelKey(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var name = text[(slash + 1)..];
        return (slash < 0 || IsSubdomain(text[..slash])) && name.Length <= 63 && Qualified().IsMatch(name);
    }

    public static bool IsLabelValue(string text) => text.Length == 0 || (text.Length <= 63 && Qualified().IsMatch(text));

    /// <summary>What gitlab-runner makes of the value of a label: other letters become <c>_</c>, ends are cut.</summary>
    public static string Sanitized(string text)
    {
        var clean = Odd().Replace(text, "_").Trim('-', '_', '.');
        return (clean.Length > 63 ? clean[..63] : clean).Trim('-', '_', '.');
    }

    /// <summary>Labels of runner.gitlab.com are the runner's own: it leaves out what a configuration says of them.</summary>
    public static bool IsReserved(string key) => Reserved().IsMatch(key);

    [GeneratedRegex(@"(^|\.)runner\.gitlab\.com(/|$)", RegexOptions.NonBacktracking)]
    private static partial Regex Reserved();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?\z")]
    private static partial Regex Label();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex Subdomain();

    [GeneratedRegex(@"\A[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\z")]
    private static partial Regex Qualified();

    [GeneratedRegex(@"[^A-Za-z0-9\-_.]")]
    private static partial Regex Odd();
}
