using System.Diagnostics;
using System.Text.Json.Nodes;
using k8s;

namespace MigrationPortal.Tests.Kubernetes;

/// <summary>A cluster as large as all of ours together.</summary>
public sealed class ClusterScaleTests
{
    private const int Pods = 50_000;
    private const int Page = 500;

    [Fact]
    public async Task FiftyThousandPods_FitInMemory_ListByPagesAndChangeOneByOne()
    {
        await using var test = await TestCluster.StartAsync();
        var empty = GC.GetTotalMemory(forceFullCollection: true);
        for (var number = 0; number < Pods; number++)
        {
            test.Cluster.Objects.Play(Pod(number, "Running"));
        }

        (GC.GetTotalMemory(forceFullCollection: true) - empty).ShouldBeLessThan(400_000_000);
        (await PagesAsync(test)).ShouldBe(Pods);
        using var watching = await WatchAsync(test);
        CostOfAChange(test).ShouldBeLessThan(100_000);
    }

    private static async Task<int> PagesAsync(TestCluster test)
    {
        var (count, token, clock) = (0, (string?)null, Stopwatch.StartNew());
        do
        {
            var page = await test.Admin.CoreV1.ListPodForAllNamespacesAsync(limit: Page, continueParameter: token);
            (count, token) = (count + page.Items.Count, page.Metadata.ContinueProperty);
        }
        while (token is not null);

        test.Cluster.Faults.CountOf("list", "pods").ShouldBe(Pods / Page);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromMinutes(1));
        return count;
    }

    private static async Task<HttpResponseMessage> WatchAsync(TestCluster test)
    {
        var version = (await test.Admin.CoreV1.ListPodForAllNamespacesAsync(limit: 1)).Metadata.ResourceVersion;
        var answer = await test.StreamAsync($"/api/v1/pods?watch=true&resourceVersion={version}");
        test.Cluster.Faults.OpenWatches.ShouldBe(1);
        return answer;
    }

    // In bytes that the writing thread allocates: a copy of the list would be megabytes.
    private static long CostOfAChange(TestCluster test)
    {
        test.Cluster.Objects.Play(Pod(7, "Pending"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        test.Cluster.Objects.Play(Pod(7, "Running"));
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static JsonObject Pod(int number, string phase) => JsonNode.Parse($$$"""
        {
          "apiVersion": "v1", "kind": "Pod",
          "metadata": {
            "name": "runner-abc-project-{{{number}}}-concurrent-0", "namespace": "default", "uid": "{{{number}}}",
            "labels": { "job.runner.gitlab.com/pod": "runner-abc-{{{number}}}", "project.runner.gitlab.com/id": "{{{number % 3000}}}" },
            "annotations": { "job.runner.gitlab.com/id": "{{{number}}}", "job.runner.gitlab.com/url": "https://gitlab.example.com/a/b/-/jobs/{{{number}}}" }
          },
          "spec": {
            "nodeName": "node-{{{number % 500}}}",
            "containers": [
              { "name": "build", "image": "ruby:3.2", "resources": { "requests": { "cpu": "500m", "memory": "1Gi" }, "limits": { "cpu": "2", "memory": "4Gi" } } },
              { "name": "helper", "image": "helper:1", "resources": { "requests": { "cpu": "100m" } } }
            ]
          },
          "status": { "phase": "{{{phase}}}" }
        }
        """)!.AsObject();
}
