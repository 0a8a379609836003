using MigrationPortal.Domain.RunnerConfig.Checks;

namespace MigrationPortal.Domain.Tests.RunnerConfig.Checks;

/// <summary>Short ways to write a configuration and to say what was found in it.</summary>
internal static class ConfigText
{
    /// <summary>A whole file around lines of <c>[runners.kubernetes]</c>; the first of them is line 7. Sections go on below.</summary>
    public static string Kubernetes(string lines, string runner = "") =>
        $"concurrent = 4\n[[runners]]\n  url = \"https://gitlab.example.com\"\n  token = \"$RUNNER_TOKEN\"\n  executor = \"kubernetes\"{(runner.Length > 0 ? " " : "")}\n{runner}{(runner.Length > 0 ? "\n" : "")}  [runners.kubernetes]\n{lines}\n";

    /// <summary>"error unknown-key runners[0].buids_dir 3" for each finding of <paramref name="codes"/>; without codes for all.</summary>
    public static IReadOnlyList<string> Found(string toml, params string[] codes) =>
        [.. ValidateConfig.Of(toml).Where(one => codes.Length == 0 || codes.Contains(one.Code)).Select(Told)];

    public static string Told(ConfigFinding found) => $"{found.Severity.ToString().ToLowerInvariant()} {found.Code} {found.Key} {found.Line}";
}
