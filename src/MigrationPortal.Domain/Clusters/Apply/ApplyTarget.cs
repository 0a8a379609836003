namespace MigrationPortal.Domain.Clusters.Apply;

/// <summary>In which form a configuration is brought into a cluster, and by whom. Stored by name.</summary>
public enum ApplyTarget
{
    /// <summary>An Operator's <c>Runner</c> with its ConfigMap.</summary>
    Operator,

    /// <summary>The manager's own objects, without Helm.</summary>
    Manifests,

    /// <summary>Somebody installs the chart; the portal gives values and the Secret.</summary>
    Helm,

    /// <summary>Managed elsewhere: the portal hands over and waits until the cluster matches.</summary>
    Exported,
}

/// <summary>What goes along with the manager, when chosen.</summary>
[Flags]
public enum ApplyExtras
{
    None = 0,
    NetworkPolicy = 1,
    Rbac = 2,
    Quota = 4,
    All = NetworkPolicy | Rbac | Quota,
}
