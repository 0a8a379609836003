using MigrationPortal.Domain.Shared;

namespace MigrationPortal.Domain.Clusters;

/// <summary>A Kubernetes cluster whose jobs come from one GitLab instance, without what is secret about reaching it.</summary>
/// <param name="Name">A DNS label, unique within the instance.</param>
/// <param name="Instance">Fixed: runners belong to one GitLab.</param>
/// <param name="JobNamespaces">Where job pods run, without repetition.</param>
/// <param name="ManagerNamespace">Where runner managers run.</param>
/// <param name="RunnerIds">Runners that an administrator says run here; others are told by the label of their job pods.</param>
/// <param name="Version">Grows with every change.</param>
public sealed record Cluster(
    long Id,
    string Name,
    InstanceId Instance,
    ConnectionFacts Connection,
    IReadOnlyList<string> JobNamespaces,
    string ManagerNamespace,
    IReadOnlyList<long> RunnerIds,
    long Version)
{
    /// <summary>Every namespace that the portal looks at, without repetition.</summary>
    public IReadOnlyList<string> Namespaces => [.. JobNamespaces.Append(ManagerNamespace).Distinct(StringComparer.Ordinal)];
}
