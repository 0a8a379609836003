using MigrationPortal.Kubernetes;

namespace MigrationPortal.Simulator;

/// <summary>A cluster's API server and whoever plays the rest of it.</summary>
internal sealed class ClusterParts
{
    // Pods of jobs come and go by the thousand; who was away for longer lists again.
    private const int History = 3000;

    public ClusterParts(string name, ClusterWorld world, WorldTimeProvider time, int slots)
    {
        Server = KubernetesCluster.Create(new KubernetesOptions { Time = time, HistoryLimit = History });
        Nodes = new NodeBook(name, slots);
        Events = new PodEvents(Server.Objects);
        Managers = new ManagerKeeper(name, Server.Objects, new ManagerProcesses(name, Server.Objects, world, Events), Nodes);
        Jobs = new JobMirror(name, Server.Objects, world, Managers, Nodes, Events);
        Operator = new RunnerOperator(Server.Objects);
        Quota = new QuotaKeeper(Server.Objects, Jobs);
        Server.PodProxy = call => ManagerMetrics.Of(Managers.Find(call.Namespace, call.Pod), call);
    }

    public KubernetesCluster Server { get; }

    public NodeBook Nodes { get; }

    public PodEvents Events { get; }

    public ManagerKeeper Managers { get; }

    public JobMirror Jobs { get; }

    public RunnerOperator Operator { get; }

    public QuotaKeeper Quota { get; }
}
