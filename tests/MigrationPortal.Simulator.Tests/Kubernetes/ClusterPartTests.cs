using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using MigrationPortal.Kubernetes;

namespace MigrationPortal.Tests.Kubernetes;

/// <summary>What whoever plays the rest of a cluster finds: told changes, cheap writes, deletes, the way to a pod.</summary>
public sealed class ClusterPartTests
{
    [Fact]
    public async Task Play_WritesAsGiven_AndWatchesHearOfIt()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Cluster.Objects.Play(Pod("job", "Pending"));
        var first = await cluster.Admin.CoreV1.ReadNamespacedPodAsync("job", "default");
        await using var watch = cluster.Admin.CoreV1.WatchListNamespacedPodAsync("default", resourceVersion: first.Metadata.ResourceVersion)
            .GetAsyncEnumerator(TestContext.Current.CancellationToken);

        var next = cluster.Cluster.Objects.Get("pods", "default", "job")!;
        next["status"]!["phase"] = "Running";
        cluster.Cluster.Objects.Play(next);

        (await watch.MoveNextAsync()).ShouldBeTrue();
        var (type, seen) = watch.Current;
        (type, seen.Status.Phase, seen.Metadata.Uid, seen.Metadata.CreationTimestamp).ShouldBe(
            (WatchEventType.Modified, "Running", first.Metadata.Uid, first.Metadata.CreationTimestamp));
        seen.Metadata.ManagedFields.ShouldBeNull();
    }

    [Fact]
    public async Task Delete_OfAPodOnANode_OnlyMarksIt()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Cluster.Objects.Play(Pod("job", "Running"));

        cluster.Cluster.Objects.Delete("pods", "default", "job").ShouldBeTrue();
        cluster.Cluster.Objects.Delete("pods", "default", "other").ShouldBeFalse();

        (await cluster.Admin.CoreV1.ReadNamespacedPodAsync("job", "default")).Metadata.DeletionTimestamp.ShouldNotBeNull();
    }

    [Fact]
    public async Task Changed_TellsOfCallsAndOfOwnWrites()
    {
        await using var cluster = await TestCluster.StartAsync();
        var told = new List<string>();
        cluster.Cluster.Objects.Changed += (resource, space, name) => told.Add($"{resource} {space}/{name}");

        await cluster.ApplyAsync("studio", "settings", """{"a":"1"}""");
        await cluster.Admin.CoreV1.DeleteNamespacedConfigMapAsync("settings", "default");
        cluster.Cluster.Objects.Play(Pod("job", "Running"));

        told.ShouldBe(["configmaps default/settings", "configmaps default/settings", "pods default/job"]);
    }

    [Fact]
    public async Task Proxy_OfAPod_AnswersOrNobodyListens()
    {
        await using var cluster = await TestCluster.StartAsync();
        cluster.Cluster.Objects.Play(Pod("manager", "Running"));
        var config = KubernetesClientConfiguration.BuildConfigFromConfigFile(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(cluster.Cluster.Kubeconfig(TestCluster.AdminToken))));
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", TestCluster.AdminToken) } };
        var path = $"{config.Host}/api/v1/namespaces/default/pods/manager:9252/proxy/metrics";

        using (var nobody = await http.GetAsync(path, TestContext.Current.CancellationToken))
        {
            nobody.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        cluster.Cluster.PodProxy = call => call == new PodCall("default", "manager", "9252", "/metrics") ? "gitlab_runner_concurrent 4\n" : null;
        (await http.GetStringAsync(path, TestContext.Current.CancellationToken)).ShouldBe("gitlab_runner_concurrent 4\n");
        using var gone = await http.GetAsync(path.Replace("manager", "gone", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        gone.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static JsonObject Pod(string name, string phase) => JsonNode.Parse($$$"""
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","namespace":"default"},
         "spec":{"nodeName":"node-1","containers":[{"name":"build","image":"alpine"}]},"status":{"phase":"{{{phase}}}"}}
        """)!.AsObject();
}
