using System.Net;
using k8s;
using k8s.Models;

namespace MigrationPortal.Tests.Kubernetes;

public sealed class ControllerTests
{
    [Fact]
    public async Task Deployment_AfterTwoSteps_HasReadyPods()
    {
        await using var test = await TestCluster.StartAsync();
        await ApplyAsync(test, "nginx:1", 2);
        var started = new List<string>();
        test.Cluster.Controllers.PodRunning += pod => started.Add(pod["metadata"]!["name"]!.ToString());

        test.Cluster.Controllers.Step();
        var first = await test.Admin.CoreV1.ListNamespacedPodAsync("default", labelSelector: "app=web");
        test.Cluster.Controllers.Step();
        var second = await test.Admin.CoreV1.ListNamespacedPodAsync("default", labelSelector: "app=web");
        var deployment = await test.Admin.AppsV1.ReadNamespacedDeploymentAsync("web", "default");

        first.Items.Select(one => one.Status.Phase).ShouldBe(["Pending", "Pending"]);
        second.Items.ShouldAllBe(one => one.Status.Phase == "Running" && one.Spec.NodeName == "node-1"
            && one.Status.Conditions.Any(condition => condition.Type == "Ready" && condition.Status == "True"));
        started.Count.ShouldBe(2);
        (deployment.Status.ReadyReplicas, deployment.Status.ObservedGeneration).ShouldBe((2, 1));
        deployment.Status.Conditions.Single(one => one.Type == "Progressing").Reason.ShouldBe("NewReplicaSetAvailable");
    }

    [Fact]
    public async Task Deployment_NewTemplate_ReplacesItsPods()
    {
        await using var test = await TestCluster.StartAsync();
        await ApplyAsync(test, "nginx:1", 2);
        test.Cluster.Controllers.Settle();

        await ApplyAsync(test, "nginx:2", 1);
        test.Cluster.Controllers.Settle();

        var pods = await test.Admin.CoreV1.ListNamespacedPodAsync("default", labelSelector: "app=web");
        pods.Items.ShouldHaveSingleItem().Spec.Containers[0].Image.ShouldBe("nginx:2");
        (await test.Admin.AppsV1.ListNamespacedReplicaSetAsync("default")).Items.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Settle_WithNothingToDo_ChangesNothing()
    {
        await using var test = await TestCluster.StartAsync();
        await ApplyAsync(test, "nginx:1", 2);
        test.Cluster.Controllers.Settle();
        var before = (await test.Admin.CoreV1.ListNamespaceAsync()).Metadata.ResourceVersion;

        test.Cluster.Controllers.Settle();

        (await test.Admin.CoreV1.ListNamespaceAsync()).Metadata.ResourceVersion.ShouldBe(before);
    }

    [Fact]
    public async Task Deployment_WhosePodsAreRefused_SaysWhy()
    {
        await using var test = await TestCluster.StartAsync();
        test.Cluster.Objects.Change("namespaces", null, "default", one => one["metadata"]!["labels"]!["pod-security.kubernetes.io/enforce"] = "restricted");
        await ApplyAsync(test, "nginx:1", 1);

        test.Cluster.Controllers.Settle(4);

        var failure = (await test.Admin.AppsV1.ReadNamespacedDeploymentAsync("web", "default")).Status.Conditions.Single(one => one.Type == "ReplicaFailure");
        failure.Message.ShouldContain("violates PodSecurity \"restricted:latest\"");
        (await test.Admin.CoreV1.ListNamespacedEventAsync("default", fieldSelector: "reason=FailedCreate")).Items.ShouldHaveSingleItem()
            .Message.ShouldStartWith("Error creating: pods \"web-");
        (await test.Admin.EventsV1.ListNamespacedEventAsync("default", fieldSelector: "regarding.kind=ReplicaSet")).Items.ShouldHaveSingleItem()
            .Note.ShouldStartWith("Error creating: pods \"web-");
    }

    [Fact]
    public async Task Pod_WithoutRoom_StaysPendingWithItsReason()
    {
        await using var test = await TestCluster.StartAsync();
        var pod = new V1Pod
        {
            Metadata = new V1ObjectMeta { Name = "big" },
            Spec = new V1PodSpec
            {
                Containers = [new V1Container { Name = "c", Image = "i", Resources = new V1ResourceRequirements { Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("100") } } }],
            },
        };
        await test.Admin.CoreV1.CreateNamespacedPodAsync(pod, "default");

        test.Cluster.Controllers.Step();

        var condition = (await test.Admin.CoreV1.ReadNamespacedPodAsync("big", "default")).Status.Conditions.ShouldHaveSingleItem();
        (condition.Reason, condition.Message).ShouldBe(("Unschedulable", "0/1 nodes are available: 1 Insufficient cpu."));
    }

    [Fact]
    public async Task Namespace_Deleted_TakesItsContentAlong()
    {
        await using var test = await TestCluster.StartAsync();
        await test.Admin.CoreV1.CreateNamespaceAsync(new V1Namespace { Metadata = new V1ObjectMeta { Name = "ci" } });
        await test.Admin.CoreV1.CreateNamespacedSecretAsync(new V1Secret { Metadata = new V1ObjectMeta { Name = "s" } }, "ci");

        await test.Admin.CoreV1.DeleteNamespaceAsync("ci");
        var ending = await test.Admin.CoreV1.ReadNamespaceAsync("ci");
        var refusal = await TestCluster.RefusalOf(
            test.Admin.CoreV1.CreateNamespacedSecretAsync(new V1Secret { Metadata = new V1ObjectMeta { Name = "t" } }, "ci"), HttpStatusCode.Forbidden);
        test.Cluster.Controllers.Step();

        ending.Status.Phase.ShouldBe("Terminating");
        refusal.Message.ShouldBe("secrets \"t\" is forbidden: unable to create new content in namespace ci because it is being terminated");
        await TestCluster.RefusalOf(test.Admin.CoreV1.ReadNamespaceAsync("ci"), HttpStatusCode.NotFound);
        test.Cluster.Objects.List("secrets", "ci").ShouldBeEmpty();
    }

    [Fact]
    public async Task Deployment_Deleted_TakesSetsAndPodsAlong()
    {
        await using var test = await TestCluster.StartAsync();
        await ApplyAsync(test, "nginx:1", 2);
        test.Cluster.Controllers.Settle();

        await test.Admin.AppsV1.DeleteNamespacedDeploymentAsync("web", "default");
        test.Cluster.Controllers.Settle();

        test.Cluster.Objects.Count("replicasets").ShouldBe(0);
        test.Cluster.Objects.Count("pods").ShouldBe(0);
    }

    [Fact]
    public async Task Quota_AfterAStep_SaysWhatIsUsed()
    {
        await using var test = await TestCluster.StartAsync();
        test.Cluster.Objects.Put("""{ apiVersion: v1, kind: ResourceQuota, metadata: { name: q, namespace: default }, spec: { hard: { configmaps: "5" } } }""");

        test.Cluster.Controllers.Step();

        (await test.Admin.CoreV1.ReadNamespacedResourceQuotaAsync("q", "default")).Status.Used["configmaps"].ToString().ShouldBe("1");
    }

    private static Task<V1Deployment> ApplyAsync(TestCluster test, string image, int replicas) => test.Admin.AppsV1.PatchNamespacedDeploymentAsync(
        new V1Patch($$$"""
            {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},
             "spec":{"replicas":{{{replicas}}},"selector":{"matchLabels":{"app":"web"}},
              "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"{{{image}}}"}] } } } }
            """, V1Patch.PatchType.ApplyPatch), "web", "default", fieldManager: "portal");
}
