using MigrationPortal.Domain.Clusters.Live;

namespace MigrationPortal.Infrastructure.Clusters.Live;

/// <summary>Nodes and quotas of the API as ours.</summary>
internal static class NodeReading
{
    public static ClusterNode Of(NodeDto node)
    {
        var allocatable = node.Status?.Allocatable;
        return new ClusterNode(
            node.Metadata?.Name ?? "", Quantity.Millis(allocatable?.GetValueOrDefault("cpu")), Quantity.Bytes(allocatable?.GetValueOrDefault("memory")),
            (int)Math.Min(Quantity.Bytes(allocatable?.GetValueOrDefault("pods")), int.MaxValue), Trouble(node));
    }

    public static IEnumerable<QuotaUse> Of(QuotaDto quota, string space) =>
        (quota.Status?.Hard ?? []).Select(hard => new QuotaUse(space, quota.Metadata?.Name ?? "", hard.Key, quota.Status?.Used?.GetValueOrDefault(hard.Key) ?? "0", hard.Value));

    private static string? Trouble(NodeDto node) =>
        node.Status?.Conditions?.FirstOrDefault(one => one is { Type: "Ready", Status: not "True" }) is { } unready ? $"NotReady: {unready.Message ?? unready.Reason}"
        : node.Spec?.Unschedulable == true ? "cordoned"
        : node.Status?.Conditions?.FirstOrDefault(one => one is { Type: "DiskPressure" or "MemoryPressure" or "PIDPressure", Status: "True" }) is { } pressed ? pressed.Type
        : null;
}
