using Microsoft.AspNetCore.Components;
using MigrationPortal.Domain.RunnerConfig;
using MigrationPortal.Domain.RunnerConfig.Identity;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>Who a job's containers run as by the configuration as it is edited now, for any users that a job may ask for.</summary>
public sealed partial class ConfigIdentityPart
{
    private string job = "";
    private string service = "";

    [Parameter, EditorRequired]
    public required ConfigDraft Draft { get; set; }

    private KubernetesSection? runner => Draft.Document is { } document ? KubernetesSection.Of(document) is [var first, ..] ? first : null : null;

    private PodIdentity found => ResolveIdentity.Of(runner!, AskedIdentity.Of(Asked(job), Asked(service)));

    private static string? Asked(string text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
