namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>One rule of the manager's Role.</summary>
/// <param name="Group">API group; empty: the core group.</param>
/// <param name="OfCluster">Only a ClusterRole can grant it.</param>
/// <param name="Why">Which setting needs it.</param>
public sealed record RbacRule(string Group, IReadOnlyList<string> Resources, IReadOnlyList<string> Verbs, bool OfCluster, string Why);
