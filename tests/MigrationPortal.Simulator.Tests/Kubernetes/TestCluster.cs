using System.Net;
using System.Text;
using k8s;
using k8s.Autorest;
using k8s.Models;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Tests.Kubernetes;

/// <summary>A cluster with an administrator, called through the client package as the portal calls one.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    public const string AdminToken = "admin-token";

    private TestCluster(KubernetesCluster cluster)
    {
        Cluster = cluster;
        cluster.AddToken(AdminToken, "admin");
        cluster.AllowAll("admin");
        Admin = ClientOf(AdminToken);
    }

    public KubernetesCluster Cluster { get; }

    public k8s.Kubernetes Admin { get; }

    public static async Task<TestCluster> StartAsync(KubernetesOptions? options = null) =>
        new(await KubernetesCluster.StartAsync(options, TestContext.Current.CancellationToken));

    public k8s.Kubernetes ClientOf(string token)
    {
        using var config = new MemoryStream(Encoding.UTF8.GetBytes(Cluster.Kubeconfig(token)));
        return new k8s.Kubernetes(KubernetesClientConfiguration.BuildConfigFromConfigFile(config));
    }

    /// <summary>A config map of namespace default, applied by this manager.</summary>
    public Task<V1ConfigMap> ApplyAsync(string manager, string name, string data, bool force = false, string? dryRun = null) =>
        Admin.CoreV1.PatchNamespacedConfigMapAsync(
            new V1Patch($$"""{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"{{name}}"},"data":{{data}}}""", V1Patch.PatchType.ApplyPatch),
            name, "default", dryRun: dryRun, fieldManager: manager, force: force);

    /// <summary>The refusal of a call that must be refused with this status.</summary>
    public static async Task<V1Status> RefusalOf(Task call, HttpStatusCode code)
    {
        var refused = await Should.ThrowAsync<HttpOperationException>(call);
        refused.Response.StatusCode.ShouldBe(code, refused.Response.Content);
        return KubernetesJson.Deserialize<V1Status>(refused.Response.Content);
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Cluster.DisposeAsync();
    }
}
