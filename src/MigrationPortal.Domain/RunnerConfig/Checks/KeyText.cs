namespace MigrationPortal.Domain.RunnerConfig.Checks;

/// <summary>How keys are written in a sentence.</summary>
internal static class KeyText
{
    /// <summary>"[[runners]]" of the schema path <c>runners[]</c>, "[runners.kubernetes]" of <c>runners[].kubernetes</c>.</summary>
    public static string Section(string path) => path.EndsWith("[]", StringComparison.Ordinal) ? $"[[{Plain(path)}]]" : $"[{Plain(path)}]";

    /// <summary>The section that a key stands in; "the global section" for those of the whole file.</summary>
    public static string SectionOf(ConfigKey key)
    {
        var end = key.Path.LastIndexOf('.');
        return end < 0 ? "the global section, above the first [[runners]]" : Section(key.Path[..end]);
    }

    /// <summary>"[runners.kubernetes.pod_labels]" or "[[runners.kubernetes.services]]".</summary>
    public static string Header(ConfigKey key) => key.Type == "array-of-tables" ? $"[[{Plain(key.Path)}]]" : $"[{Plain(key.Path)}]";

    private static string Plain(string path) => path.Replace("[]", "", StringComparison.Ordinal);
}
