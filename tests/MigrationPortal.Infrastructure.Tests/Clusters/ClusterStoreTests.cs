using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Rights;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Tests.Store;
using MigrationPortal.Testing;

namespace MigrationPortal.Infrastructure.Tests.Clusters;

public sealed class ClusterStoreTests(PostgresFixture postgres)
{
    private static readonly ClusterAccess.Token Access = new("https://10.0.0.1:6443", "a-secret-token", null);
    private static readonly Cluster Fresh = new(0, "prod-a", StoreFixture.Production, ConnectionFacts.Of(Access), ["ci-jobs", "ci-big"], "gitlab-runner", [12, 13], 0);

    [Fact]
    public async Task Cluster_IsKept_AndItsAccessIsNoText()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var clusters = store.Get<IClusterStore>();
        var added = (await clusters.AddAsync(Fresh, Access, default)).ShouldNotBeNull();
        var found = (await clusters.FindAsync(added.Id, default)).ShouldNotBeNull();
        (found.Name, found.Connection, found.ManagerNamespace, found.Version).ShouldBe(("prod-a", Fresh.Connection, "gitlab-runner", 1));
        found.JobNamespaces.ShouldBe(Fresh.JobNamespaces);
        found.RunnerIds.ShouldBe(Fresh.RunnerIds);
        (await clusters.AccessAsync(added.Id, default)).ShouldBe(Access);
        (await store.ScalarAsync<string>("SELECT clusters::text FROM clusters")).ShouldNotContain("a-secret-token");

        (await clusters.AddAsync(Fresh, Access, default)).ShouldBeNull("the name is taken");
        (await clusters.AddAsync(Fresh with { Instance = new InstanceId("qa") }, Access, default)).ShouldNotBeNull("of another instance");
        (await clusters.ListAsync(StoreFixture.Production, default)).ShouldHaveSingleItem();
        (await clusters.ListAsync(null, default)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Save_NeedsTheVersionThatWasRead_AndKeepsTheAccess()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var clusters = store.Get<IClusterStore>();
        var added = (await clusters.AddAsync(Fresh, Access, default))!;
        var saved = (await clusters.SaveAsync(added with { Name = "prod-b" }, null, default)).ShouldNotBeNull();
        (saved.Name, saved.Version).ShouldBe(("prod-b", 2));
        (await clusters.AccessAsync(added.Id, default)).ShouldBe(Access);
        (await clusters.SaveAsync(added with { Name = "prod-c" }, null, default)).ShouldBeNull("version 1 is past");
        await clusters.SaveAsync(saved, new ClusterAccess.InCluster(), default);
        (await clusters.AccessAsync(added.Id, default)).ShouldBeOfType<ClusterAccess.InCluster>();
    }

    [Fact]
    public async Task Kubeconfig_OnlyTheChosenContextIsKept()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var clusters = store.Get<IClusterStore>();
        const string text = """
            current-context: one
            clusters: [{name: c, cluster: {server: "https://10.0.0.1"}}]
            contexts: [{name: one, context: {cluster: c, user: u}}, {name: two, context: {cluster: c, user: v}}]
            users: [{name: u, user: {token: of-u}}, {name: v, user: {token: of-v}}]
            """;
        var added = (await clusters.AddAsync(Fresh, new ClusterAccess.Kubeconfig(text, "one"), default))!;
        var kept = (ClusterAccess.Kubeconfig)(await clusters.AccessAsync(added.Id, default))!;
        kept.Text.ShouldContain("of-u");
        kept.Text.ShouldNotContain("of-v");
        Kubeconfig.Read(kept.Text).Problems("one", ClusterRules.None).ShouldBeEmpty();
    }

    [Fact]
    public async Task HealthAndPreflight_AreKeptAndGoWithTheCluster()
    {
        await using var store = await StoreFixture.OpenAsync(postgres);
        var (clusters, health, reports) = (store.Get<IClusterStore>(), store.Get<IClusterHealthStore>(), store.Get<IPreflightStore>());
        var id = (await clusters.AddAsync(Fresh, Access, default))!.Id;
        var silent = new ClusterHealth(id, StoreFixture.Noon, "v1.36.0", new ClusterTrouble(TroubleKind.Certificate, "Not trusted."), StoreFixture.Noon, true);
        await health.SaveAsync(silent, default);
        (await health.AllAsync(default))[id].ShouldBe(silent);
        var well = silent with { Trouble = null, TroubleSince = null, Told = false };
        await health.SaveAsync(well, default);
        (await health.AllAsync(default))[id].ShouldBe(well);

        var report = new PreflightReport(StoreFixture.Noon, "v1.36.0", "portal", null, [new PermissionAnswer(new Permission(PermissionUse.View, "", "pods", "list", "ci-jobs"), false, "no RBAC policy matched")]);
        await reports.SaveAsync(id, report, default);
        (await reports.LastAsync(id, default))!.Answers.ShouldBe(report.Answers);
        (await reports.CountsAsync(default))[id].ShouldBe(new MissingCounts(1, 0, 0, StoreFixture.Noon));

        (await clusters.RemoveAsync(id, default)).ShouldBeTrue();
        (await clusters.RemoveAsync(id, default)).ShouldBeFalse();
        await health.SaveAsync(well, default);
        (await health.AllAsync(default)).ShouldBeEmpty();
        (await reports.LastAsync(id, default)).ShouldBeNull();
    }
}
