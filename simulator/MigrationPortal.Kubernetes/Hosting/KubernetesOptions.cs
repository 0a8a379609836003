namespace MigrationPortal.Kubernetes;

/// <summary>How a cluster of this process is started.</summary>
public sealed class KubernetesOptions
{
    /// <summary>The clock of timestamps, watch limits and latency.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>With a certificate of a certificate authority made for this cluster. Only for a port of its own.</summary>
    public bool Https { get; init; }

    /// <summary>How many nodes of 8 CPUs, 32Gi and 110 pods it begins with, named <c>node-1</c> and so on. Without any node
    /// (others can be put among its objects) pods stay pending, as they do everywhere.</summary>
    public int Nodes { get; init; }

    /// <summary>0: any free port of this machine.</summary>
    public int Port { get; init; }

    /// <summary>Changes of each resource that are remembered for watches which come back; older ones are answered 410.</summary>
    public int HistoryLimit { get; init; } = 10_000;
}
