using System.Net;
using k8s;
using k8s.Models;

namespace MigrationPortal.Tests.Kubernetes;

public sealed class ListAndWatchTests
{
    [Fact]
    public async Task List_ByPages_IsOneStateThoughObjectsChange()
    {
        await using var test = await TestCluster.StartAsync();
        Seed(test, 5);

        var first = await test.Admin.CoreV1.ListNamespacedConfigMapAsync("default", labelSelector: null, limit: 2);
        test.Cluster.Objects.Remove("configmaps", "default", "map-3");
        var second = await test.Admin.CoreV1.ListNamespacedConfigMapAsync("default", limit: 2, continueParameter: first.Metadata.ContinueProperty);
        var third = await test.Admin.CoreV1.ListNamespacedConfigMapAsync("default", limit: 2, continueParameter: second.Metadata.ContinueProperty);

        first.Metadata.RemainingItemCount.ShouldBe(4);
        first.Items.Concat(second.Items).Concat(third.Items).Select(one => one.Metadata.Name)
            .ShouldBe(["kube-root-ca.crt", "map-0", "map-1", "map-2", "map-3", "map-4"]);
        third.Metadata.ContinueProperty.ShouldBeNull();
        third.Metadata.ResourceVersion.ShouldBe(first.Metadata.ResourceVersion);
    }

    [Fact]
    public async Task Continue_TooOld_Is410AndCanGoOn()
    {
        await using var test = await TestCluster.StartAsync();
        Seed(test, 5);
        var first = await test.Admin.CoreV1.ListNamespacedConfigMapAsync("default", limit: 2);
        test.Cluster.Faults.ExpireContinueTokens();

        var refusal = await TestCluster.RefusalOf(
            test.Admin.CoreV1.ListNamespacedConfigMapAsync("default", limit: 2, continueParameter: first.Metadata.ContinueProperty), HttpStatusCode.Gone);
        var rest = await test.Admin.CoreV1.ListNamespacedConfigMapAsync("default", continueParameter: refusal.Metadata.ContinueProperty);

        refusal.Reason.ShouldBe("Expired");
        rest.Items.Select(one => one.Metadata.Name).ShouldBe(["map-1", "map-2", "map-3", "map-4"]);
    }

    [Theory]
    [InlineData("app=a", "map-0,map-3")]
    [InlineData("app!=a", "kube-root-ca.crt,map-1,map-2,map-4")]
    [InlineData("app in (a,b)", "map-0,map-1,map-3,map-4")]
    [InlineData("app notin (a, b)", "kube-root-ca.crt,map-2")]
    [InlineData("app", "map-0,map-1,map-2,map-3,map-4")]
    [InlineData("!app", "kube-root-ca.crt")]
    [InlineData("app in (a,b),app!=b", "map-0,map-3")]
    public async Task List_BySelector_FindsThem(string selector, string names)
    {
        await using var test = await TestCluster.StartAsync();
        Seed(test, 5);

        var found = await test.Admin.CoreV1.ListNamespacedConfigMapAsync("default", labelSelector: selector);

        string.Join(',', found.Items.Select(one => one.Metadata.Name)).ShouldBe(names);
    }

    [Fact]
    public async Task Watch_FromAVersion_TellsWhatCameAfter()
    {
        await using var test = await TestCluster.StartAsync();
        var list = await test.Admin.CoreV1.ListNamespacedConfigMapAsync("default");
        await test.ApplyAsync("portal", "settings", """{"a":"1"}""");
        await test.ApplyAsync("portal", "settings", """{"a":"2"}""");
        await test.Admin.CoreV1.DeleteNamespacedConfigMapAsync("settings", "default");
        var seen = new List<(WatchEventType, string?)>();

        await foreach (var (type, item) in test.Admin.CoreV1.WatchListNamespacedConfigMapAsync("default", resourceVersion: list.Metadata.ResourceVersion))
        {
            seen.Add((type, item.Data?["a"]));
            if (seen.Count == 3)
            {
                break;
            }
        }

        seen.ShouldBe([(WatchEventType.Added, "1"), (WatchEventType.Modified, "2"), (WatchEventType.Deleted, "2")]);
    }

    [Fact]
    public async Task Watch_VersionTooOld_IsAnErrorEvent410()
    {
        await using var test = await TestCluster.StartAsync();
        var list = await test.Admin.CoreV1.ListNamespacedConfigMapAsync("default");
        await test.ApplyAsync("portal", "settings", """{"a":"1"}""");
        test.Cluster.Faults.Compact();

        var errors = new List<Exception>();

        await foreach (var _ in test.Admin.CoreV1.WatchListNamespacedConfigMapAsync(
            "default", resourceVersion: list.Metadata.ResourceVersion, onError: errors.Add))
        {
        }

        var status = errors.ShouldHaveSingleItem().ShouldBeOfType<KubernetesException>().Status;
        (status.Code, status.Reason).ShouldBe((410, "Expired"));
        status.Message.ShouldStartWith($"too old resource version: {list.Metadata.ResourceVersion} (");
    }

    [Fact]
    public async Task Watch_LabelNoLongerMatches_IsToldAsDeleted()
    {
        await using var test = await TestCluster.StartAsync();
        Seed(test, 1);
        var list = await test.Admin.CoreV1.ListNamespacedConfigMapAsync("default", labelSelector: "app=a");
        test.Cluster.Objects.Change("configmaps", "default", "map-0", item => item["metadata"]!["labels"]!["app"] = "z");
        test.Cluster.Objects.Change("configmaps", "default", "map-0", item => item["metadata"]!["labels"]!["app"] = "a");
        var seen = new List<WatchEventType>();

        await foreach (var (type, _) in test.Admin.CoreV1.WatchListNamespacedConfigMapAsync(
            "default", labelSelector: "app=a", resourceVersion: list.Metadata.ResourceVersion))
        {
            seen.Add(type);
            if (seen.Count == 2)
            {
                break;
            }
        }

        seen.ShouldBe([WatchEventType.Deleted, WatchEventType.Added]);
    }

    private static void Seed(TestCluster test, int count)
    {
        for (var i = 0; i < count; i++)
        {
            test.Cluster.Objects.Put($"""
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: map-{i}
                  namespace: default
                  labels:
                    app: {"abc"[i % 3]}
                """);
        }
    }
}
