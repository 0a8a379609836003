namespace MigrationPortal.Domain.Clusters;

/// <summary>What the portal's settings allow clusters to ask of it.</summary>
/// <param name="AllowedCommands">Exec plugins that a kubeconfig may have the portal run, by the exact text of <c>command</c>.</param>
public sealed record ClusterRules(IReadOnlySet<string> AllowedCommands)
{
    public static ClusterRules None { get; } = new(new HashSet<string>());
}
