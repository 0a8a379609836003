using System.Globalization;

namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>One <c>[[runners]]</c> of a document.</summary>
/// <param name="Path">As <see cref="KeyUse.Path"/>: <c>runners[0]</c>; <c>runners</c> where <c>[runners]</c> is written.</param>
/// <param name="Index">From 0.</param>
public sealed record RunnerSection(ConfigTable Table, string Path, int Index)
{
    public string? Name => Table.Text("name");

    /// <summary>Null: not said.</summary>
    public string? Executor => Table.Text("executor");

    /// <summary>Neither url nor token: registration will fill them in.</summary>
    public bool IsTemplate => Table["url"] is null && Table["token"] is null;

    public static IReadOnlyList<RunnerSection> Of(ConfigDocument document)
    {
        var isList = document.Root["runners"] is ConfigList;
        return [.. document.Runners.Select((table, index) => new RunnerSection(table, isList ? string.Create(CultureInfo.InvariantCulture, $"runners[{index}]") : "runners", index))];
    }

    /// <summary>A feature flag as <c>feature_flags</c> sets it, else as <c>environment</c> does, else what it is without either.</summary>
    public bool IsOn(string flag, bool otherwise = false)
    {
        if (Table.Table("feature_flags")?.Flag(flag) is { } set) return set;
        foreach (var entry in Table.Texts("environment") ?? [])
            if (entry.StartsWith(flag + "=", StringComparison.Ordinal) && Truth(entry[(flag.Length + 1)..].Trim()) is { } value) return value;
        return otherwise;
    }

    // Go's strconv.ParseBool.
    private static bool? Truth(string text) => text switch
    {
        "1" or "t" or "T" or "true" or "TRUE" or "True" => true,
        "0" or "f" or "F" or "false" or "FALSE" or "False" => false,
        _ => null,
    };
}
