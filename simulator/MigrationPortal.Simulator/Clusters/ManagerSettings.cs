using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>What the runner process in a pod is told to be, from its configuration files, Secrets and environment.</summary>
internal sealed partial record ManagerSettings(int Concurrent, IReadOnlyList<RunnerSection> Runners)
{
    /// <summary>The chart's <c>config.toml</c> holds what is for all, its <c>config.template.toml</c> the runner, the Secret the token;
    /// a whole <c>config.toml</c> alone does as well.</summary>
    public static ManagerSettings Of(PodFiles pod)
    {
        var texts = pod.Files.Where(file => file.Key.EndsWith(".toml", StringComparison.Ordinal))
            .OrderBy(file => file.Key.EndsWith("template.toml", StringComparison.Ordinal)).Select(file => TomlJson.Read(file.Value)).ToList();
        var concurrent = texts.Select(text => text.Whole("concurrent")).FirstOrDefault(number => number is not null) ?? 1;
        var sections = texts.SelectMany(text => text.Items("runners")).ToList();
        if (sections.Count == 0)
        {
            sections.Add([]);
        }

        foreach (var section in sections.Where(_ => pod.Environment.ContainsKey("KUBERNETES_NAMESPACE")))
        {
            section.Ensure("kubernetes").Default("namespace", pod.Environment["KUBERNETES_NAMESPACE"]);
        }

        return new((int)Math.Clamp(concurrent, 1, 10_000), [.. sections.Select(section => new RunnerSection(
            Expand(section.Text("url"), pod) ?? pod.Environment.GetValueOrDefault("CI_SERVER_URL") ?? "",
            Expand(section.Text("token"), pod) ?? TokenOf(pod) ?? "",
            section))]);
    }

    private static string? TokenOf(PodFiles pod) =>
        pod.Files.GetValueOrDefault("runner-token") is { Length: > 0 } file ? file
        : pod.Environment.GetValueOrDefault("CI_SERVER_TOKEN") is { Length: > 0 } variable ? variable
        : pod.Environment.GetValueOrDefault("RUNNER_TOKEN");

    // The runner expands variables in these two keys alone.
    private static string? Expand(string? text, PodFiles pod) =>
        string.IsNullOrEmpty(text) ? null : Variable().Replace(text, match => pod.Environment.GetValueOrDefault(match.Groups[1].Value, ""));

    [GeneratedRegex(@"\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?")]
    private static partial Regex Variable();
}

/// <summary>One <c>[[runners]]</c>.</summary>
internal sealed record RunnerSection(string Url, string Token, JsonObject Keys)
{
    public int Limit => (int)Math.Clamp(Keys.Whole("limit") ?? 0, 0, 10_000);

    /// <summary>The executor's own keys.</summary>
    public JsonObject Kubernetes => Keys.Map("kubernetes") ?? [];

    public int SlotsOf(int concurrent) => Limit > 0 ? Math.Min(Limit, concurrent) : concurrent;
}
