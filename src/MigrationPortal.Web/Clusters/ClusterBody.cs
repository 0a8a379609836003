using MigrationPortal.Domain.Clusters;
using MigrationPortal.Web.Shared;

namespace MigrationPortal.Web.Clusters;

/// <param name="Text">A kubeconfig whose data is embedded; written, never shown again.</param>
/// <param name="Context">Left out: the file's current one. Only the chosen context is kept.</param>
public sealed record KubeconfigBody(string? Text, string? Context)
{
    public override string ToString() => $"kubeconfig, context {Context}";
}

/// <param name="Server">Such as <c>https://10.0.0.1:6443</c>.</param>
/// <param name="Token">A bearer token; written, never shown again.</param>
/// <param name="CaPem">The cluster's CA; left out where a public authority signed the server's certificate.</param>
/// <param name="Insecure">Refused: it is here so that the refusal can say why.</param>
public sealed record TokenBody(string? Server, string? Token, string? CaPem, bool? Insecure = null)
{
    public override string ToString() => $"token for {Server}";
}

/// <summary>A cluster as written by API; of a stored one what is left out stays. Exactly one of kubeconfig, token and inCluster says how it is reached.</summary>
/// <param name="Instance">Left out: production. Fixed afterwards.</param>
/// <param name="RunnerIds">Runners that run here beside those whose job pods are seen.</param>
/// <param name="Unchecked">Stored although the cluster may not answer.</param>
public sealed record ClusterBody(
    string? Name, string? Instance, IReadOnlyList<string>? JobNamespaces, string? ManagerNamespace, IReadOnlyList<long>? RunnerIds,
    KubeconfigBody? Kubeconfig, TokenBody? Token, bool? InCluster, bool? Unchecked = null)
{
    /// <param name="before">Null: a new one.</param>
    internal ClusterWish Wish(Cluster? before, ClusterRules rules, RequestErrors errors)
    {
        var wish = new ClusterWish(
            Name ?? before?.Name ?? "", JobNamespaces ?? before?.JobNamespaces ?? [], ManagerNamespace ?? before?.ManagerNamespace ?? "", RunnerIds ?? before?.RunnerIds ?? [], Access(errors), Unchecked == true);
        foreach (var (field, sentence) in wish.Problems(before is null && !errors.Any, rules)) errors.Add(field, sentence);
        return wish;
    }

    private ClusterAccess? Access(RequestErrors errors)
    {
        if ((Kubeconfig is null ? 0 : 1) + (Token is null ? 0 : 1) + (InCluster == true ? 1 : 0) > 1) errors.Add("kubeconfig", "Only one of kubeconfig, token and inCluster can say how the cluster is reached.");
        if (Token?.Insecure == true) errors.Add("token.insecure", $"Is refused. {ServerAddress.WhyNotInsecure}");
        if (Kubeconfig is { } file)
        {
            var read = Domain.Clusters.Kubeconfig.Read(file.Text);
            return new ClusterAccess.Kubeconfig(file.Text ?? "", file.Context ?? read.CurrentContext ?? "");
        }

        return Token is { } token ? new ClusterAccess.Token(token.Server?.Trim() ?? "", token.Token?.Trim() ?? "", string.IsNullOrWhiteSpace(token.CaPem) ? null : token.CaPem)
            : InCluster == true ? new ClusterAccess.InCluster()
            : null;
    }
}
