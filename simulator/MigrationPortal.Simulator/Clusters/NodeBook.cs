using System.Globalization;
using System.Text.Json.Nodes;

namespace MigrationPortal.Simulator;

/// <summary>The nodes of a cluster, and how many job pods lie on each.</summary>
internal sealed class NodeBook
{
    public const int Cores = 16;
    public const int MemoryGi = 64;
    private const int PodsOnEach = 55;
    private readonly string[] names;
    private readonly int[] pods;

    /// <param name="slots">Jobs that the cluster's managers may run at once.</param>
    public NodeBook(string cluster, int slots)
    {
        var count = Math.Clamp((slots + PodsOnEach - 1) / PodsOnEach, 3, 40);
        names = [.. Enumerable.Range(1, count).Select(n => string.Create(CultureInfo.InvariantCulture, $"{cluster}-node-{n:00}"))];
        pods = new int[count];
    }

    public int Count => names.Length;

    /// <summary>The emptiest node, one pod fuller from now on.</summary>
    public string Place()
    {
        var at = Array.IndexOf(pods, pods.Min());
        pods[at]++;
        return names[at];
    }

    public void Free(string name)
    {
        if (Array.IndexOf(names, name) is >= 0 and var at && pods[at] > 0)
        {
            pods[at]--;
        }
    }

    public IEnumerable<JsonObject> Objects() => names.Select(name => JsonNode.Parse($$$"""
        {"apiVersion":"v1","kind":"Node","metadata":{"name":"{{{name}}}","labels":{"kubernetes.io/hostname":"{{{name}}}","kubernetes.io/arch":"amd64","kubernetes.io/os":"linux","node-role.kubernetes.io/worker":""}},
         "status":{
           "capacity":{"cpu":"{{{Cores}}}","memory":"{{{MemoryGi}}}Gi","ephemeral-storage":"200Gi","pods":"110"},
           "allocatable":{"cpu":"15800m","memory":"62Gi","ephemeral-storage":"180Gi","pods":"110"},
           "conditions":[{"type":"Ready","status":"True","reason":"KubeletReady","message":"kubelet is posting ready status"},
                         {"type":"MemoryPressure","status":"False","reason":"KubeletHasSufficientMemory"},
                         {"type":"DiskPressure","status":"False","reason":"KubeletHasNoDiskPressure"}],
           "nodeInfo":{"architecture":"amd64","operatingSystem":"linux","kubeletVersion":"v1.36.0","containerRuntimeVersion":"containerd://2.1.4",
             "osImage":"Debian GNU/Linux 13","kernelVersion":"6.12.0","kubeProxyVersion":"","machineID":"","systemUUID":"","bootID":""}
         }}
        """)!.AsObject());
}
