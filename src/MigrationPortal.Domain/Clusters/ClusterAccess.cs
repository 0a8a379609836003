namespace MigrationPortal.Domain.Clusters;

/// <summary>What it takes to reach a cluster: secret, encrypted at rest, never given back.</summary>
public abstract record ClusterAccess
{
    private ClusterAccess()
    {
    }

    // Written out in each case, so that no log or error ever holds a secret.
    public abstract override string ToString();

    /// <param name="Text">A kubeconfig whose data is embedded.</param>
    /// <param name="Context">The chosen one.</param>
    public sealed record Kubeconfig(string Text, string Context) : ClusterAccess
    {
        public override string ToString() => $"kubeconfig, context {Context}";
    }

    public sealed record InCluster : ClusterAccess
    {
        public override string ToString() => "in-cluster";
    }

    /// <param name="CaPem">Null: the system's authorities.</param>
    public sealed record Token(string Server, string Bearer, string? CaPem) : ClusterAccess
    {
        public override string ToString() => $"token for {ConnectionFacts.Host(Server)}";
    }
}
