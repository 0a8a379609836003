using MigrationPortal.Domain.RunnerConfig.Checks;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.RunnerConfig;

/// <summary>A configuration to store, or a change of one: what is left out stays as it is, or has its default.</summary>
/// <param name="Toml">The whole <c>config.toml</c>; secrets are taken out before it is stored.</param>
/// <param name="Import">In its place, when it is new: a config.toml, chart values or the Operator's objects.</param>
/// <param name="Profile">In its place, when it is new: the key of a profile.</param>
public sealed record RunnerConfigBody(string? Name = null, string? Kind = null, string? Toml = null, string? Import = null, string? Profile = null, string? TargetVersion = null, DeploymentBody? Deployment = null, string? Reason = null)
{
    internal RunnerConfiguration Over(RunnerConfiguration before, RequestErrors errors)
    {
        var kind = errors.OneOf("kind", Kind, RunnerConfigWords.Kinds) ?? before.Kind;
        var target = RunnerVersion.Read("targetVersion", TargetVersion, errors) ?? before.Target;
        return new(kind, Toml ?? before.Toml, target, Deployment is null ? before.Deployment : Deployment.Over(before.Deployment, errors));
    }
}

/// <summary>Settings of the deployment; see <see cref="DeploymentSettings"/>. What is left out stays; an empty text takes a setting away.</summary>
public sealed record DeploymentBody(
    string? Release = null, string? ManagerNamespace = null, string? JobNamespace = null, bool? JobNamespaceIsDedicated = null, string? GitLabUrl = null, string? TokenSecret = null, string? CacheSecret = null, string? CertificateSecret = null,
    int? Replicas = null, ManagerResourcesBody? Resources = null, string? ManagerImage = null, int? LongestJobSeconds = null, bool? UnregisterOnStop = null, bool? ManagerDisruptionBudget = null, string? OperatorVersion = null, string? PodSecurity = null,
    IReadOnlyList<int>? EgressPorts = null, IReadOnlyList<EgressRuleBody>? Egress = null, IReadOnlyList<string>? BlockedRanges = null, int? ServicesPerJob = null, string? Extra = null)
{
    private static readonly (string, PodSecurityLevel)[] Levels = [("restricted", PodSecurityLevel.Restricted), ("baseline", PodSecurityLevel.Baseline), ("privileged", PodSecurityLevel.Privileged)];

    internal DeploymentSettings Over(DeploymentSettings before, RequestErrors errors) => new()
    {
        Release = Release ?? before.Release,
        ManagerNamespace = ManagerNamespace ?? before.ManagerNamespace,
        JobNamespace = JobNamespace ?? before.JobNamespace,
        JobNamespaceIsDedicated = JobNamespaceIsDedicated ?? before.JobNamespaceIsDedicated,
        GitLabUrl = GitLabUrl ?? before.GitLabUrl,
        TokenSecret = TokenSecret ?? before.TokenSecret,
        CacheSecret = Or(CacheSecret, before.CacheSecret),
        CertificateSecret = Or(CertificateSecret, before.CertificateSecret),
        Replicas = Replicas ?? before.Replicas,
        Resources = Resources is null ? before.Resources : new()
        {
            CpuRequest = Or(Resources.CpuRequest, before.Resources.CpuRequest),
            CpuLimit = Or(Resources.CpuLimit, before.Resources.CpuLimit),
            MemoryRequest = Or(Resources.MemoryRequest, before.Resources.MemoryRequest),
            MemoryLimit = Or(Resources.MemoryLimit, before.Resources.MemoryLimit),
        },
        ManagerImage = Or(ManagerImage, before.ManagerImage),
        LongestJobSeconds = LongestJobSeconds ?? before.LongestJobSeconds,
        UnregisterOnStop = UnregisterOnStop ?? before.UnregisterOnStop,
        ManagerDisruptionBudget = ManagerDisruptionBudget ?? before.ManagerDisruptionBudget,
        OperatorVersion = OperatorVersion ?? before.OperatorVersion,
        PodSecurity = errors.OneOf("deployment.podSecurity", PodSecurity, Levels) ?? before.PodSecurity,
        EgressPorts = EgressPorts ?? before.EgressPorts,
        Egress = Egress is null ? before.Egress : [.. Egress.Select(rule => new EgressRule(rule.What ?? "", rule.Cidr, rule.Namespace, rule.Ports ?? []))],
        BlockedRanges = BlockedRanges ?? before.BlockedRanges,
        ServicesPerJob = ServicesPerJob ?? before.ServicesPerJob,
        Extra = Or(Extra, before.Extra),
    };

    private static string? Or(string? given, string? before) => given is null ? before : given.Length == 0 ? null : given;
}

public sealed record ManagerResourcesBody(string? CpuRequest = null, string? CpuLimit = null, string? MemoryRequest = null, string? MemoryLimit = null);

public sealed record EgressRuleBody(string? What = null, string? Cidr = null, string? Namespace = null, IReadOnlyList<int>? Ports = null);

/// <param name="From">A revision.</param>
/// <param name="To">A revision; or give <paramref name="Toml"/>.</param>
/// <param name="Toml">To compare with.</param>
/// <param name="Cluster">To compare with: its number.</param>
public sealed record RunnerConfigDiffBody(int? From = null, int? To = null, string? Toml = null, long? Cluster = null);

/// <param name="Apart">Each Secret below a directory of its own name.</param>
/// <param name="FollowsChanges">Files change with their Secret while a job runs.</param>
public sealed record SecretMountsBody(string? Toml, string? Directory, IReadOnlyList<SecretFileBody>? Files, bool Apart = false, bool FollowsChanges = false);

/// <param name="Path">Below the directory; left out: the key.</param>
public sealed record SecretFileBody(string? Secret, string? Key, string? Path = null);
