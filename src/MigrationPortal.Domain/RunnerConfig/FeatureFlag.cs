namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>Whether a feature flag is on, as gitlab-runner finds it out: <c>feature_flags</c> first, then the last line of <c>environment</c> that names it.</summary>
public static class FeatureFlag
{
    /// <param name="set">What <c>feature_flags</c> says; null: nothing.</param>
    /// <param name="otherwise">What it is without either, or with a value that is neither true nor false.</param>
    public static bool IsOn(string flag, bool? set, IEnumerable<string>? environment, bool otherwise) =>
        set ?? (environment?.LastOrDefault(line => line.StartsWith(flag + "=", StringComparison.Ordinal)) is { } last ? Truth(last[(flag.Length + 1)..].Trim()) : null) ?? otherwise;

    /// <summary>Go's <c>strconv.ParseBool</c>; null: neither.</summary>
    public static bool? Truth(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };
}
