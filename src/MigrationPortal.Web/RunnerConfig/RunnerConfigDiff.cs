using System.Globalization;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Cohorts.Edits;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Web.Clusters;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>Two states side by side, by keys and by lines. Whatever else is to be compared with (a cluster, a repository) comes as a configuration of its own.</summary>
internal static class RunnerConfigDiff
{
    public static RunnerConfigDiffView Of(ConfigRevision from, ConfigRevision to) => Of(Name(from), from.Content, Name(to), to.Content);

    /// <param name="toml">TOML that can be read; its secrets are shown nowhere.</param>
    public static RunnerConfigDiffView Of(ConfigRevision from, string toml) => Of(Name(from), from.Content, "the given text", from.Content with { Toml = ConfigSecrets.TakeOut(toml.ReplaceLineEndings("\n")).Toml });

    public static RunnerConfigDiffView Of(string fromName, RunnerConfiguration from, string toName, RunnerConfiguration to) =>
        new(fromName, toName, ConfigDiff.Of(from, to), UnifiedDiff.Of("config.toml", from.Toml, to.Toml));

    public static RunnerConfigDiffView Of(int? revision, long cluster, DriftReport drift) => new(
        revision is { } number ? string.Create(CultureInfo.InvariantCulture, $"revision {number}") : "the newest revision", string.Create(CultureInfo.InvariantCulture, $"cluster {cluster}"), [.. drift.Fields.Select(Change)], "", DriftView.Of(drift));

    private static ConfigChange Change(DriftField field) => new(field.Path.Length == 0 ? field.Object.ToString() : $"{field.Object} {field.Path}", field.Desired, field.Kind == DriftKind.Missing ? null : field.Live);

    private static string Name(ConfigRevision at) => string.Create(CultureInfo.InvariantCulture, $"revision {at.Number}");
}
