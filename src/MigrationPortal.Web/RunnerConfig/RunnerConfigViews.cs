using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Profiles;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Domain.RunnerConfig.Secrets;
using MigrationPortal.Web.Clusters;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>A stored configuration in lists.</summary>
/// <param name="Author">As the audit trail names it.</param>
public sealed record RunnerConfigLine(long Id, string Instance, string Name, string Kind, int Revision, string TargetVersion, string Author, DateTimeOffset At, string Reason)
{
    public static RunnerConfigLine Of(StoredConfiguration one) => new(
        one.Id, one.Instance.Name, one.Name, RunnerConfigWords.Of(one.Current.Content.Kind), one.Current.Number, one.Current.Content.Target.ToString(), one.Current.Author.ToString(), one.Current.At, one.Current.Reason);
}

/// <summary>A stored configuration with its newest revision.</summary>
/// <param name="Fingerprint">Equal for equal content.</param>
/// <param name="Remarks">What was taken out or lost when this revision was taken in.</param>
public sealed record RunnerConfigView(
    long Id, string Instance, string Name, string Kind, int Revision, string TargetVersion, string Toml, DeploymentSettings Deployment, string Fingerprint, string Author, DateTimeOffset At, string Reason, IReadOnlyList<string> Remarks)
{
    public static RunnerConfigView Of(StoredConfiguration one) => Of(one, one.Current);

    public static RunnerConfigView Of(StoredConfiguration one, ConfigRevision at) => new(
        one.Id, one.Instance.Name, one.Name, RunnerConfigWords.Of(at.Content.Kind), at.Number, at.Content.Target.ToString(), at.Content.Toml, at.Content.Deployment, ConfigFingerprint.Of(at.Content), at.Author.ToString(), at.At, at.Reason, at.Remarks);
}

/// <summary>One revision in the list of them.</summary>
public sealed record RunnerConfigRevisionView(int Number, string Kind, string TargetVersion, string Fingerprint, string Author, DateTimeOffset At, string Reason, string Toml, DeploymentSettings Deployment, IReadOnlyList<string> Remarks)
{
    public static RunnerConfigRevisionView Of(ConfigRevision at) => new(
        at.Number, RunnerConfigWords.Of(at.Content.Kind), at.Content.Target.ToString(), ConfigFingerprint.Of(at.Content), at.Author.ToString(), at.At, at.Reason, at.Content.Toml, at.Content.Deployment, at.Remarks);
}

/// <param name="As">The form that was asked for.</param>
/// <param name="Text">All files as one.</param>
public sealed record RenderedView(string As, int Revision, string Text, IReadOnlyList<RenderedFile> Files, IReadOnlyList<string> Notes)
{
    public static RenderedView Of(Rendered one, int revision) => new(RunnerConfigWords.Of(one.Form), revision, one.Text, one.Files, one.Notes);
}

/// <summary>A configuration to begin with.</summary>
public sealed record RunnerConfigProfileView(string Key, string Title, string For, string Toml, DeploymentSettings Deployment)
{
    public static RunnerConfigProfileView Of(StartingProfile one) => new(one.Key, one.Title, one.For, one.Toml, one.Change(new DeploymentSettings()));
}

/// <param name="Toml">With the mounts in it.</param>
public sealed record SecretMountsView(SecretForm Form, IReadOnlyList<string> Cautions, string Toml);

/// <param name="Keys">Keys and settings that differ.</param>
/// <param name="Lines">A unified diff of the <c>config.toml</c>; empty: the texts are the same.</param>
/// <param name="Cluster">Of a comparison with a cluster: where that differs, field by field; else null.</param>
public sealed record RunnerConfigDiffView(string From, string To, IReadOnlyList<ConfigChange> Keys, string Lines, DriftView? Cluster = null);

internal static class RunnerConfigWords
{
    public static readonly IReadOnlyList<(string, DeploymentKind)> Kinds = [("helm", DeploymentKind.Helm), ("operator", DeploymentKind.Operator), ("manifests", DeploymentKind.Manifests), ("exported", DeploymentKind.Exported)];

    public static readonly IReadOnlyList<(string, RenderForm)> Forms =
        [("toml", RenderForm.Toml), ("helm", RenderForm.Helm), ("operator", RenderForm.Operator), ("manifests", RenderForm.Manifests), ("network-policy", RenderForm.NetworkPolicy), ("rbac", RenderForm.Rbac), ("quota", RenderForm.Quota)];

    public static string Of(DeploymentKind kind) => Kinds.First(one => one.Item2 == kind).Item1;

    public static string Of(RenderForm form) => Forms.First(one => one.Item2 == form).Item1;
}
