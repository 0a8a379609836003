namespace MigrationPortal.Domain.Clusters;

/// <summary>What the portal's settings allow clusters to ask of it.</summary>
/// <param name="AllowedCommands">Exec plugins that a kubeconfig may have the portal run, by the exact text of <c>command</c>.</param>
/// <param name="PlainHosts">Hosts to which a token may travel without TLS, besides the portal's own machine.</param>
public sealed record ClusterRules(IReadOnlySet<string> AllowedCommands, IReadOnlySet<string> PlainHosts)
{
    public static ClusterRules None { get; } = new(new HashSet<string>(), new HashSet<string>());
}
