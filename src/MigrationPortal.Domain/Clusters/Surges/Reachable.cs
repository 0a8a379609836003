using System.Security.Cryptography;
using System.Text;

namespace MigrationPortal.Domain.Clusters.Surges;

/// <summary>What kind of thing a job in QA's cluster gets to see. Stored by name.</summary>
public enum ReachableKind
{
    /// <summary>A CI/CD variable of the whole instance.</summary>
    InstanceVariable,

    /// <summary>All CI/CD variables of a project and of the groups above it.</summary>
    ProjectVariables,

    /// <summary>What GitLab gives to every job: its token, its clone, its artifacts.</summary>
    JobToken,

    /// <summary>The lent runner's own token, in a Secret of QA's cluster.</summary>
    RunnerToken,

    /// <summary>A Secret of QA's cluster that the configuration gives to jobs: production's jobs see it too.</summary>
    ClusterSecret,
}

/// <summary>One thing that becomes reachable across the line between production and QA: a name, never a value. Stored as JSON: names are promises.</summary>
/// <param name="Name">Such as a variable's key or a project's path.</param>
/// <param name="Protected">Only jobs on protected refs see it; null where that does not apply.</param>
/// <param name="Where">In words, where it becomes reachable.</param>
public sealed record Reachable(ReachableKind Kind, string Name, bool? Protected, string Where)
{
    /// <summary>Of the list, whatever its order, and of what is lent: confirming one that has changed since is refused.</summary>
    public static string Fingerprint(IEnumerable<Reachable> all, IEnumerable<LentRunner> lent) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', all.Select(one => $"{one.Kind}|{one.Name}|{one.Protected}|{one.Where}").Concat(lent.Select(one => $"{one.Qa} {one.Cluster} {one.Configuration} {one.Revision}")).Distinct().Order(StringComparer.Ordinal)))))[..32];
}
