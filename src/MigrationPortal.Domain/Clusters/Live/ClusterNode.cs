namespace MigrationPortal.Domain.Clusters.Live;

/// <param name="CpuMillis">Allocatable, thousandths of a core.</param>
/// <param name="MemoryBytes">Allocatable.</param>
/// <param name="Trouble">Why no pod goes there, such as <c>cordoned</c> or <c>NotReady</c>; null: pods may.</param>
public sealed record ClusterNode(string Name, int CpuMillis, long MemoryBytes, int MostPods, string? Trouble);

/// <summary>A quota of a job namespace.</summary>
/// <param name="Resource">Such as <c>pods</c> or <c>requests.cpu</c>.</param>
public sealed record QuotaUse(string Namespace, string Name, string Resource, string Used, string Hard)
{
    /// <summary>New pods are refused, or soon will be.</summary>
    public bool IsExhausted => Quantity.Read(Used) is { } used && Quantity.Read(Hard) is { } hard && used >= hard;
}
