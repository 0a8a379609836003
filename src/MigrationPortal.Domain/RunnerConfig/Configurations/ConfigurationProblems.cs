using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Rendering;

namespace MigrationPortal.Domain.RunnerConfig.Configurations;

/// <summary>What keeps a configuration from being stored: each with its field and the remedy. What merely is unwise is a finding, and stored.</summary>
public static partial class ConfigurationProblems
{
    /// <summary>Older runners know little of what is rendered here.</summary>
    private static readonly Version Oldest = new(15, 0);

    private const int LongestName = 100;
    private const int LongestDay = 30 * 24 * 3600;

    public static bool IsTarget(Version version) => version >= Oldest && version.Major <= ConfigKeys.Newest.Major;

    public static string? OfName(string? name) => string.IsNullOrWhiteSpace(name) || name.Trim().Length > LongestName || name.Any(char.IsControl)
        ? string.Create(CultureInfo.InvariantCulture, $"Needed: 1 to {LongestName} characters on one line.") : null;

    public static IEnumerable<(string Field, string Sentence)> Of(RunnerConfiguration configuration)
    {
        var reading = ConfigDocument.Read(configuration.Toml);
        // The parser's own words may quote a token; those of the check do not.
        if (reading.Document is null && ValidateConfig.Of(configuration.Toml)[0] is var syntax) yield return ("toml", string.Create(CultureInfo.InvariantCulture, $"Line {syntax.Line}: {syntax.Message}"));
        if (reading.Document is { } document && document.Runners.Count == 0) yield return ("toml", "There is no [[runners]]: add one.");
        if (!IsTarget(configuration.Target)) yield return ("targetVersion", $"A runner from {Oldest} to {ConfigKeys.Newest.Major}.x, such as 19.3.0.");
        foreach (var problem in Of(configuration.Deployment)) yield return ($"deployment.{problem.Field}", problem.Sentence);
    }

    private static IEnumerable<(string Field, string Sentence)> Of(DeploymentSettings one)
    {
        foreach (var (field, name) in new[] { ("release", one.Release), ("managerNamespace", one.ManagerNamespace), ("jobNamespace", one.JobNamespace) })
            if (!Label().IsMatch(name) || name.Length > 53) yield return (field, "A name for Kubernetes: small letters, digits and dashes, at most 53, such as gitlab-runner.");
        foreach (var (field, name) in new[] { ("tokenSecret", one.TokenSecret), ("cacheSecret", one.CacheSecret), ("certificateSecret", one.CertificateSecret) })
            if (name is not null && (!Subdomain().IsMatch(name) || name.Length > 253)) yield return (field, "The name of a Secret (not its value): small letters, digits, dashes and dots.");
        if (!Uri.TryCreate(one.GitLabUrl, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http") || url.UserInfo.Length > 0) yield return ("gitLabUrl", "An address such as https://gitlab.example.com/, without a name or password.");
        if (one.Replicas is < 0 or > 100) yield return ("replicas", "0 (no manager runs) to 100.");
        if (one.LongestJobSeconds is < 60 or > LongestDay) yield return ("longestJobSeconds", "60 (a minute) to 2592000 (30 days).");
        if (one.ServicesPerJob is < 0 or > 50) yield return ("servicesPerJob", "0 to 50.");
        foreach (var (field, quantity) in new[] { ("cpuRequest", one.Resources.CpuRequest), ("cpuLimit", one.Resources.CpuLimit), ("memoryRequest", one.Resources.MemoryRequest), ("memoryLimit", one.Resources.MemoryLimit) })
            if (quantity is not null && Quantity.Read(quantity) is not > 0) yield return ($"resources.{field}", $"'{quantity}' is no quantity of Kubernetes: write 500m, 2, 512Mi or 4Gi.");
        if (!Version.TryParse(one.OperatorVersion, out _)) yield return ("operatorVersion", "Such as 1.52.0.");
        if (one.ManagerImage is { } image && (image.Length > 500 || image.Any(letter => letter is <= ' ' or > '~'))) yield return ("managerImage", "An image such as registry.example.com/gitlab-runner:alpine-v19.3.0.");
        foreach (var port in one.EgressPorts.Where(port => port is < 1 or > 65535)) yield return ("egressPorts", string.Create(CultureInfo.InvariantCulture, $"{port} is no port: 1 to 65535."));
        foreach (var range in one.BlockedRanges.Where(range => !IsRange(range))) yield return ("blockedRanges", $"'{range}' is no range of addresses: write 10.0.0.0/8.");
        for (var at = 0; at < one.Egress.Count; at++)
            foreach (var sentence in Of(one.Egress[at])) yield return (string.Create(CultureInfo.InvariantCulture, $"egress[{at}]"), sentence);
        if (one.Extra is { } extra && YamlImport.ReadAll(extra) is var read && read.Documents.Count != 1) yield return ("extra", read.Fault ?? "One map of YAML.");
    }

    private static IEnumerable<string> Of(EgressRule rule)
    {
        if (string.IsNullOrWhiteSpace(rule.What) || rule.What.Length > 200 || rule.What.Any(char.IsControl)) yield return "what: say in 1 to 200 characters what is reached there.";
        if (rule.Cidr is null == rule.Namespace is null) yield return "Name either cidr or namespace.";
        if (rule.Cidr is { } cidr && !IsRange(cidr)) yield return $"cidr: '{cidr}' is no range of addresses: write 10.2.0.0/16.";
        if (rule.Namespace is { } ns && !Label().IsMatch(ns)) yield return $"namespace: '{ns}' is no name of a namespace.";
        if (rule.Ports.Any(port => port is < 1 or > 65535)) yield return "ports: 1 to 65535.";
    }

    // The network's own bits must be zero, as Kubernetes wants them.
    private static bool IsRange(string text) => text.IndexOf('/') is > 0 and var slash && IPNetwork.TryParse(text, out var range) && IPAddress.Parse(text.AsSpan(0, slash)).Equals(range.BaseAddress);

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$", RegexOptions.NonBacktracking)]
    private static partial Regex Label();

    [GeneratedRegex("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$", RegexOptions.NonBacktracking)]
    private static partial Regex Subdomain();
}
