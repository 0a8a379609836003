using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.RunnerConfig.Rendering;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>Words and signs for configurations.</summary>
internal static class RunnerConfigLook
{
    public static readonly IReadOnlyList<DeploymentKind> Kinds = [DeploymentKind.Helm, DeploymentKind.Operator, DeploymentKind.Manifests, DeploymentKind.Exported];

    public static string Title(DeploymentKind kind) => kind switch
    {
        DeploymentKind.Helm => "Helm chart",
        DeploymentKind.Operator => "Operator",
        DeploymentKind.Manifests => "manifests",
        _ => "elsewhere",
    };

    public static string Title(RenderForm form) => form switch
    {
        RenderForm.Toml => "config.toml",
        RenderForm.Helm => "Helm values",
        RenderForm.Operator => "Operator",
        RenderForm.Manifests => "Manifests",
        RenderForm.NetworkPolicy => "Network policy",
        RenderForm.Rbac => "Rights",
        _ => "Namespace and quota",
    };

    /// <summary>What the checks say of it, in the namespace that its own deployment makes.</summary>
    public static IReadOnlyList<ConfigFinding> Findings(RunnerConfiguration content) => RenderConfiguration.Judge(content);

    public static VerdictKind Verdict(IReadOnlyList<ConfigFinding> findings) =>
        findings.Any(one => one.Severity == CheckSeverity.Error) ? VerdictKind.Fail : findings.Any(one => one.Severity == CheckSeverity.Warning) ? VerdictKind.Attention : VerdictKind.Pass;

    public static string Words(IReadOnlyList<ConfigFinding> findings)
    {
        var (errors, warnings) = (findings.Count(one => one.Severity == CheckSeverity.Error), findings.Count(one => one.Severity == CheckSeverity.Warning));
        var said = new List<string>();
        if (errors > 0) said.Add(Shared.Words.Count(errors, "error"));
        if (warnings > 0) said.Add(Shared.Words.Count(warnings, "warning"));
        return said.Count == 0 ? "none" : string.Join(", ", said);
    }
}
