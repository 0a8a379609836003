using System.Text.Json.Nodes;

namespace MigrationPortal.Kubernetes;

/// <summary>What a control plane and its nodes do: make pods of deployments, place and start them, end what is deleted. Nothing
/// happens by itself; each <see cref="Step"/> is one round of everything.</summary>
public sealed class ClusterControllers
{
    private readonly KubernetesParts parts;
    private readonly PodController pods;
    private readonly WorkloadController workloads;
    private readonly OwnerController owners;
    private readonly NamespaceController namespaces;
    private readonly QuotaController quotas;

    internal ClusterControllers(KubernetesParts parts)
    {
        this.parts = parts;
        var writes = new ControllerWrites(parts);
        pods = new PodController(writes, pod => PodRunning?.Invoke(pod));
        workloads = new WorkloadController(writes);
        owners = new OwnerController(writes);
        namespaces = new NamespaceController(writes);
        quotas = new QuotaController(writes);
    }

    /// <summary>Told of each pod that has just become ready, with a copy of it: here a demo plays what runs inside.</summary>
    public event Action<JsonObject>? PodRunning;

    /// <summary>One round. A new deployment has pods after the first and ready pods after the second.</summary>
    public void Step()
    {
        lock (parts.Store.Gate)
        {
            namespaces.Run();
            owners.Run();
            pods.Run();
            workloads.Run();
            quotas.Run();
        }
    }

    /// <summary>Of a round only what ends things: namespaces with all they hold, and what belonged to an owner. For whoever plays the rest.</summary>
    public void CollectGarbage()
    {
        lock (parts.Store.Gate)
        {
            for (var (round, version) = (0, -1L); round < 5 && version != parts.Store.Version; round++)
            {
                version = parts.Store.Version;
                namespaces.Run();
                owners.Run();
            }
        }
    }

    /// <summary>Rounds until nothing changes any more.</summary>
    /// <param name="limit">At most so many.</param>
    public void Settle(int limit = 20)
    {
        for (var (round, version) = (0, -1L); round < limit && version != parts.Store.Version; round++)
        {
            version = parts.Store.Version;
            Step();
        }
    }
}
