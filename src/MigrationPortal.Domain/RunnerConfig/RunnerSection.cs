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

    /// <inheritdoc cref="FeatureFlag.IsOn"/>
    public bool IsOn(string flag, bool otherwise = false) =>
        FeatureFlag.IsOn(flag, (Table.Table("feature_flags")?.Exact(flag) as ConfigScalar)?.Value as bool?, Table.Texts("environment"), otherwise);
}
