using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Checks;

/// <summary>Short ways to write a configuration and to say what was found in it.</summary>
internal static class ConfigText
{
    public const string Key = "runners[0].kubernetes.";

    /// <summary>A whole file around lines of <c>[runners.kubernetes]</c>, the first of which is line 7; sections go on below.</summary>
    /// <param name="runner">Lines of <c>[[runners]]</c>; none of them is counted.</param>
    public static string Kubernetes(string lines, string runner = "") =>
        $"concurrent = 4\n[[runners]]\n  url = \"https://gitlab.example.com\"\n  token = \"$RUNNER_TOKEN\"\n  executor = \"kubernetes\"\n{(runner.Length > 0 ? runner + "\n" : "")}  [runners.kubernetes]\n{lines}\n";

    /// <summary>"error unknown-key image_pull_policy 7" for each finding of <paramref name="codes"/>, the section's own path left out; without codes for all. Joined by "; ".</summary>
    public static string Found(string toml, params string[] codes) => Found(toml, null, null, codes);

    public static string Found(string toml, Version? target, JobNamespaceFacts? facts, params string[] codes)
    {
        var findings = ValidateConfig.Of(toml, target, facts);
        foreach (var found in findings) FindingForm.Judge(found, toml, toml);
        return string.Join("; ", findings.Where(one => codes.Length == 0 || codes.Contains(one.Code)).Select(Told));
    }

    /// <summary>The one finding of a code.</summary>
    public static ConfigFinding Only(string toml, string code) => ValidateConfig.Of(toml).Where(one => one.Code == code).ShouldHaveSingleItem();

    public static string Told(ConfigFinding found) => $"{found.Severity.ToString().ToLowerInvariant()} {found.Code} {found.Key.Replace(Key, "", StringComparison.Ordinal)} {found.Line}";
}
