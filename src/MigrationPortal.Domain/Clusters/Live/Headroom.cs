namespace MigrationPortal.Domain.Clusters.Live;

/// <summary>
/// What the nodes that take pods can give, and what job pods ask of them. Other pods of the cluster are not counted: they
/// would have to be read whole, and the portal reads job pods alone.
/// </summary>
/// <param name="CpuMillis">Allocatable on nodes that take pods.</param>
/// <param name="Unusable">Nodes that take none.</param>
public sealed record Headroom(int Nodes, int Unusable, long CpuMillis, long MemoryBytes, long CpuAsked, long MemoryAsked)
{
    /// <summary>The scarcer of CPU and memory, 0 to 1.</summary>
    public double Free => Math.Clamp(1 - Math.Max(Part(CpuAsked, CpuMillis), Part(MemoryAsked, MemoryBytes)), 0, 1);

    /// <returns>Null when nodes may not be seen.</returns>
    public static Headroom? Of(ClusterView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        if (view.Look?.Nodes is not { } nodes) return null;
        var usable = nodes.Where(one => one.Trouble is null).ToList();
        var asked = usable.Select(one => view.NodeUse.GetValueOrDefault(one.Name)).ToList();
        return new Headroom(
            usable.Count, nodes.Count - usable.Count, usable.Sum(one => (long)one.CpuMillis), usable.Sum(one => one.MemoryBytes),
            asked.Sum(one => (long)one.CpuMillis), asked.Sum(one => one.MemoryBytes));
    }

    private static double Part(long asked, long whole) => whole <= 0 ? 1 : (double)asked / whole;
}
