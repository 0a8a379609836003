using System.Net;
using k8s;
using k8s.Models;

namespace MigrationPortal.Tests.Kubernetes;

public sealed class ApplyTests
{
    [Fact]
    public async Task Apply_NewObject_IsOwnedByItsManager()
    {
        await using var test = await TestCluster.StartAsync();

        var made = await test.ApplyAsync("portal", "settings", """{"a":"1"}""");

        made.Data["a"].ShouldBe("1");
        var entry = made.Metadata.ManagedFields.ShouldHaveSingleItem();
        (entry.Manager, entry.Operation, entry.ApiVersion).ShouldBe(("portal", "Apply", "v1"));
        KubernetesJson.Serialize(entry.FieldsV1).ShouldBe("""{"f:data":{"f:a":{}}}""");
    }

    [Fact]
    public async Task Apply_FieldOfAnother_Is409NamingFieldAndManager()
    {
        await using var test = await TestCluster.StartAsync();
        await test.Admin.CoreV1.CreateNamespacedConfigMapAsync(
            new V1ConfigMap { Metadata = new V1ObjectMeta { Name = "settings" }, Data = new Dictionary<string, string> { ["x"] = "theirs" } },
            "default", fieldManager: "kubectl");

        var refusal = await TestCluster.RefusalOf(test.ApplyAsync("portal", "settings", """{"x":"ours"}"""), HttpStatusCode.Conflict);

        refusal.Message.ShouldBe("Apply failed with 1 conflict: conflict with \"kubectl\" using v1: .data.x");
        var cause = refusal.Details.Causes.ShouldHaveSingleItem();
        (cause.Reason, cause.Message, cause.Field).ShouldBe(("FieldManagerConflict", "conflict with \"kubectl\" using v1", ".data.x"));
    }

    [Fact]
    public async Task Apply_Forced_TakesTheFieldOver()
    {
        await using var test = await TestCluster.StartAsync();
        await test.ApplyAsync("other", "settings", """{"x":"theirs","y":"theirs"}""");

        var taken = await test.ApplyAsync("portal", "settings", """{"x":"ours"}""", force: true);

        taken.Data.ShouldBe(new Dictionary<string, string> { ["x"] = "ours", ["y"] = "theirs" });
        Owned(taken, "portal").ShouldBe("""{"f:data":{"f:x":{}}}""");
        Owned(taken, "other").ShouldBe("""{"f:data":{"f:y":{}}}""");
    }

    [Fact]
    public async Task Apply_SameValueAsAnother_IsSharedWithoutConflict()
    {
        await using var test = await TestCluster.StartAsync();
        await test.ApplyAsync("other", "settings", """{"x":"same"}""");

        var shared = await test.ApplyAsync("portal", "settings", """{"x":"same"}""");
        var left = await test.ApplyAsync("other", "settings", "{}");

        shared.Metadata.ManagedFields.Count.ShouldBe(2);
        left.Data["x"].ShouldBe("same");
        Owned(left, "portal").ShouldBe("""{"f:data":{"f:x":{}}}""");
    }

    [Fact]
    public async Task Apply_WithoutAFieldAppliedBefore_RemovesIt()
    {
        await using var test = await TestCluster.StartAsync();
        await test.ApplyAsync("portal", "settings", """{"a":"1","b":"2"}""");

        var second = await test.ApplyAsync("portal", "settings", """{"b":"2"}""");

        second.Data.ShouldBe(new Dictionary<string, string> { ["b"] = "2" });
    }

    [Fact]
    public async Task Apply_DryRun_AnswersTheResultAndChangesNothing()
    {
        await using var test = await TestCluster.StartAsync();
        await test.ApplyAsync("portal", "settings", """{"a":"1"}""");
        var version = test.Cluster.Objects.Get("configmaps", "default", "settings")!["metadata"]!["resourceVersion"]!.ToString();

        var dry = await test.ApplyAsync("portal", "settings", """{"a":"2"}""", dryRun: "All");
        var now = await test.Admin.CoreV1.ReadNamespacedConfigMapAsync("settings", "default");

        dry.Data["a"].ShouldBe("2");
        now.Data["a"].ShouldBe("1");
        now.Metadata.ResourceVersion.ShouldBe(version);
    }

    [Fact]
    public async Task Apply_SameAgain_ChangesNoVersion()
    {
        await using var test = await TestCluster.StartAsync();
        var first = await test.ApplyAsync("portal", "settings", """{"a":"1"}""");

        var second = await test.ApplyAsync("portal", "settings", """{"a":"1"}""");

        second.Metadata.ResourceVersion.ShouldBe(first.Metadata.ResourceVersion);
    }

    private static string Owned(V1ConfigMap map, string manager) =>
        KubernetesJson.Serialize(map.Metadata.ManagedFields.Single(one => one.Manager == manager).FieldsV1);
}
