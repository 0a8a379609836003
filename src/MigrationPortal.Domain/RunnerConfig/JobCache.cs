namespace MigrationPortal.Domain.RunnerConfig;

/// <summary>Where caches of jobs stay when there is no object store.</summary>
public static class JobCache
{
    private static readonly string[] Lasting = ["pvc", "host_path", "nfs", "csi"];

    /// <summary>A volume that outlives the pod, at the directory of caches or above it.</summary>
    public static bool HasVolume(KubernetesSection runner)
    {
        ArgumentNullException.ThrowIfNull(runner);
        var directory = (runner.Runner.Table.Text("cache_dir") is { Length: > 0 } set ? set : "/cache").TrimEnd('/');
        return Lasting.SelectMany(kind => runner.Tables("volumes." + kind)).Any(volume => volume.Text("mount_path")?.TrimEnd('/') is { Length: > 0 } path && (directory == path || directory.StartsWith(path + "/", StringComparison.Ordinal)));
    }
}
