using System.Globalization;
using MigrationPortal.Domain.RunnerConfig.Model;

namespace MigrationPortal.Domain.RunnerConfig.Rendering;

/// <summary>What one job pod asks of its node: the sum of its containers or, where that is more, its init container.</summary>
/// <param name="CpuRequest">Cores; null: some container says nothing, so there is no sum.</param>
/// <param name="MemoryRequest">Bytes, as the others of memory.</param>
internal sealed record JobNeed(double? CpuRequest, double? CpuLimit, double? MemoryRequest, double? MemoryLimit, double? StorageRequest, double? StorageLimit, int Services)
{
    public static JobNeed Of(RenderInput input)
    {
        var kubernetes = input.Kubernetes;
        var services = (kubernetes.Services?.Count ?? 0) + input.Deployment.ServicesPerJob;
        double? Sum(Func<ResourceSettings, string?> key)
        {
            var (build, helper, service) = (Read(key(kubernetes.Build)), Read(key(kubernetes.Helper)), Read(key(kubernetes.Service)));
            // The init container runs with the helper's resources, before the others.
            return build + helper + (services == 0 ? 0 : services * service) is { } sum ? Math.Max(sum, helper!.Value) : null;
        }

        var pod = kubernetes.Pod;
        return new(
            Read(pod.CpuRequest) ?? Sum(one => one.CpuRequest ?? one.CpuLimit), Read(pod.CpuLimit) ?? Sum(one => one.CpuLimit),
            Read(pod.MemoryRequest) ?? Sum(one => one.MemoryRequest ?? one.MemoryLimit), Read(pod.MemoryLimit) ?? Sum(one => one.MemoryLimit),
            Sum(one => one.EphemeralStorageRequest ?? one.EphemeralStorageLimit), Sum(one => one.EphemeralStorageLimit), services);
    }

    public static string Cores(double cores) => cores == Math.Floor(cores) ? cores.ToString("0", CultureInfo.InvariantCulture) : Math.Ceiling(cores * 1000).ToString("0", CultureInfo.InvariantCulture) + "m";

    public static string Bytes(double bytes)
    {
        var mebi = Math.Ceiling(bytes / (1024 * 1024));
        return mebi % 1024 == 0 && mebi > 0 ? (mebi / 1024).ToString("0", CultureInfo.InvariantCulture) + "Gi" : mebi.ToString("0", CultureInfo.InvariantCulture) + "Mi";
    }

    private static double? Read(string? quantity) => quantity is null ? null : Quantity.Read(quantity);
}
