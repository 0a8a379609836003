using System.Text.Json.Nodes;
using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

public sealed class ClusterDriftTests(PostgresFixture postgres)
{
    [Fact]
    public async Task JustApplied_NothingDiffers()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        var report = await ReportAsync(kit);
        report.Fields.ShouldBeEmpty(string.Join('\n', report.Fields));
        report.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task ChangedField_SaysWhatItIs_WhatItShouldBe_WhoWroteIt()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        await kit.Server.Objects.ScaleAsync(4);
        var field = (await ReportAsync(kit)).Fields.ShouldHaveSingleItem();
        (field.Object.ToString(), field.Path, field.Kind, field.Desired, field.Live, field.Writer).ShouldBe(("Deployment gitlab-runner/gitlab-runner", ".spec.replicas", DriftKind.Changed, "1", "4", "kubectl"));
        field.At.ShouldNotBeNull();
        kit.Server.Objects.Manager()["spec"]!["replicas"]!.GetValue<int>().ShouldBe(4, "looking changes nothing");
    }

    [Fact]
    public async Task MissingObject_AndAFieldThatAnotherTook()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        var policy = kit.Server.Objects.List("networkpolicies.networking.k8s.io").Single()["metadata"]!["name"]!.ToString();
        kit.Server.Objects.Remove("networkpolicies.networking.k8s.io", ApplyKit.Jobs, policy);
        kit.Server.Objects.Change("deployments.apps", ApplyKit.Managers, "gitlab-runner", one => one["spec"]!["replicas"] = JsonNode.Parse("2"), "somebody");
        kit.Server.Objects.Change("deployments.apps", ApplyKit.Managers, "gitlab-runner", one => one["spec"]!["replicas"] = JsonNode.Parse("1"), "somebody");
        var fields = (await ReportAsync(kit)).Fields;
        fields.Single(one => one.Kind == DriftKind.Missing).Object.Name.ShouldBe(policy);
        var taken = fields.Single(one => one.Kind == DriftKind.Taken);
        (taken.Path, taken.Live, taken.Writer).ShouldBe((".spec.replicas", "1", "somebody"));
        fields.Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("scaled by the autoscaler")]
    [InlineData("status")]
    [InlineData("token rotated")]
    [InlineData("restarted")]
    [InlineData("a field of somebody's own")]
    public async Task WhatRunnerChartAndControllersWrite_IsNoDrift(string what)
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        Action<JsonObject> change = what switch
        {
            "status" => one => one["status"] = JsonNode.Parse("""{"replicas":7}"""),
            "restarted" => one => one["spec"]!["template"]!["metadata"]!["annotations"]!["kubectl.kubernetes.io/restartedAt"] = "2026-11-30T12:00:00Z",
            "a field of somebody's own" => one => one["metadata"]!["annotations"] = new JsonObject { ["team"] = "ci" },
            _ => _ => { }
            ,
        };
        if (what == "token rotated")
            kit.Server.Objects.Change("configmaps", ApplyKit.Managers, "gitlab-runner-config", one =>
            {
                var text = one["data"]!["config.template.toml"]!.ToString();
                one["data"]!["config.template.toml"] = text.Replace("[[runners]]", "[[runners]]\n  token = \"glrt-abcdefghijklmnopqrst\"\n  token_obtained_at = 2026-11-30T12:00:00Z", StringComparison.Ordinal);
            }, "gitlab-runner");
        else kit.Server.Objects.Change("deployments.apps", ApplyKit.Managers, "gitlab-runner", change, "kubectl");
        if (what == "scaled by the autoscaler")
        {
            var live = kit.Server.Objects.Manager();
            live["spec"]!["replicas"] = JsonNode.Parse("6");
            foreach (var entry in live["metadata"]!["managedFields"]!.AsArray()) (entry!["fieldsV1"]!["f:spec"] as JsonObject)?.Remove("f:replicas");
            live["metadata"]!["managedFields"]!.AsArray().Add(JsonNode.Parse("""{"manager":"kube-controller-manager","operation":"Update","apiVersion":"apps/v1","subresource":"scale","time":"2026-11-30T12:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:replicas":{}}}}"""));
            kit.Server.Objects.Play(live);
        }

        var report = await ReportAsync(kit);
        report.Fields.ShouldBeEmpty(string.Join('\n', report.Fields));
    }

    [Fact]
    public async Task ATokenInALiveConfiguration_IsNeverShown()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        kit.Server.Objects.Change("configmaps", ApplyKit.Managers, "gitlab-runner-config", one => one["data"]!["config.template.toml"] = "[[runners]]\n  limit = 3\n  token = \"glrt-abcdefghijklmnopqrst\"\n", "somebody");
        var field = (await ReportAsync(kit)).Fields.ShouldHaveSingleItem();
        field.Live!.ShouldContain("limit = 3");
        field.ToString().ShouldNotContain("abcdefghijklmnopqrst");
    }

    [Fact]
    public async Task TheSweep_LooksInTurn_RemembersSinceWhen_AndKeepsWhatItSawWhileTheClusterIsSilent()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        (await kit.Watch.RunAsync(StoreFixture.Production, default)).ShouldBe((0, 0));
        await kit.HealthyAsync();
        await kit.Server.Objects.ScaleAsync(4);
        (await kit.Watch.RunAsync(StoreFixture.Production, default)).ShouldBe((1, 1));
        var first = kit.Time.GetUtcNow();
        (await kit.Watch.RunAsync(StoreFixture.Production, default)).ShouldBe((0, 0), "not due");
        (await kit.Watch.NowAsync((await kit.Store.Get<IClusterStore>().FindAsync(kit.Cluster, default))!, default)).ShouldHaveSingleItem().Report.Fields.ShouldHaveSingleItem();
        kit.Time.Advance(WatchClusterDrift.Pause);
        (await kit.Watch.RunAsync(StoreFixture.Production, default)).ShouldBe((1, 1));
        var record = (await kit.Store.Get<IDriftStore>().ListAsync(kit.Cluster, kit.Configuration, default)).ShouldHaveSingleItem();
        (record.CheckedAt, record.Report.Fields.Single().Since, record.Trouble).ShouldBe((first + WatchClusterDrift.Pause, first, null));

        kit.Server.Faults.RefuseConnections = true;
        kit.Time.Advance(WatchClusterDrift.Pause);
        await kit.Watch.RunAsync(StoreFixture.Production, default);
        var silent = (await kit.Store.Get<IDriftStore>().ListAsync(kit.Cluster, null, default)).ShouldHaveSingleItem();
        silent.Trouble.ShouldNotBeNull();
        silent.Report.Fields.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task ARevision_IsComparedWithTheClusterBeforeItIsApplied()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        await kit.HealthyAsync();
        await kit.ReviseAsync(10, new DeploymentSettings { Replicas = 2 });
        var report = ApplyKit.Done(await kit.Compare.RunAsync(kit.Cluster, kit.Configuration, 2, ApplyExtras.All, default));
        report.Fields.ShouldContain(one => one.Path == ".spec.replicas" && one.Desired == "2" && one.Live == "1");
        ApplyKit.Done(await kit.Compare.RunAsync(kit.Cluster, kit.Configuration, 1, ApplyExtras.All, default)).IsEmpty.ShouldBeTrue();
    }

    private static async Task<DriftReport> ReportAsync(ApplyKit kit) => ApplyKit.Done(await kit.Compare.RunAsync(kit.Cluster, kit.Configuration, null, ApplyExtras.All, default));

    [Fact]
    public async Task WhatMayNotBeRead_IsSaid_AndNotCalledMissing()
    {
        await using var kit = await ApplyKit.StartAsync(postgres);
        var good = await kit.HealthyAsync();
        kit.Objects = new Unreadable(kit.Objects, "Deployment");
        var report = (await kit.Compare.OfAsync(good, default)).ShouldBeOfType<Outcome<DriftReport>.Done>().Result;
        report.Fields.ShouldBeEmpty();
        report.Unseen.ShouldHaveSingleItem().ShouldContain("Deployment gitlab-runner/gitlab-runner may not be read");
        (await kit.PreviewedAsync()).Findings.ShouldContain(one => one.Code == "object-unread");
    }

    /// <summary>A cluster whose role lets the portal write a kind and not read it.</summary>
    private sealed class Unreadable(IClusterObjects inner, string kind) : IClusterObjects
    {
        public Task<ObjectAnswer> ApplyAsync(long cluster, ObjectKey key, JsonObject body, bool force, bool dryRun, CancellationToken cancel) => inner.ApplyAsync(cluster, key, body, force, dryRun, cancel);

        public Task<ObjectAnswer> GetAsync(long cluster, ObjectKey key, CancellationToken cancel) =>
            key.Kind == kind ? Task.FromResult<ObjectAnswer>(new ObjectAnswer.Refused(403, "Forbidden", "you may not get it", [])) : inner.GetAsync(cluster, key, cancel);

        public Task<ObjectAnswer> DeleteAsync(long cluster, ObjectKey key, string uid, CancellationToken cancel) => inner.DeleteAsync(cluster, key, uid, cancel);

        public Task<IReadOnlyList<ObjectAnswer>> ListAsync(long cluster, ObjectKey like, string selector, CancellationToken cancel) => inner.ListAsync(cluster, like, selector, cancel);
    }
}
