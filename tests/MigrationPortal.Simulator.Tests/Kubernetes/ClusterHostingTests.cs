using System.Net;
using System.Text;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Tests.Kubernetes;

public sealed class ClusterHostingTests
{
    [Fact]
    public async Task ClustersOfOneApplication_AnswerBelowTheirPaths()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var app = builder.Build();
        await using var north = KubernetesCluster.Create(new KubernetesOptions { Nodes = 1 });
        await using var south = KubernetesCluster.Create(new KubernetesOptions { Nodes = 3 });
        app.MapKubernetesCluster("/_kube/north", north).MapKubernetesCluster("/_kube/south", south);
        await app.StartAsync(TestContext.Current.CancellationToken);

        (await NodesAsync(north, app, "/_kube/north")).ShouldBe(1);
        (await NodesAsync(south, app, "/_kube/south")).ShouldBe(3);
    }

    private static async Task<int> NodesAsync(KubernetesCluster cluster, WebApplication app, string path)
    {
        cluster.ReachableAt(new Uri(app.Urls.First() + path));
        cluster.AddToken("t", "admin", "system:masters");
        using var config = new MemoryStream(Encoding.UTF8.GetBytes(cluster.Kubeconfig("t")));
        using var client = new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(config));
        return (await client.CoreV1.ListNodeAsync()).Items.Count;
    }
}
