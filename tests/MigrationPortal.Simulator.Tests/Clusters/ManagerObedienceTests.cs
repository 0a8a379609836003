using k8s;
using k8s.Models;
using MigrationPortal.World;

namespace MigrationPortal.Tests.Clusters;

/// <summary>Managers come, change and go as the objects of a cluster say.</summary>
public sealed class ManagerObedienceTests
{
    [Fact]
    public async Task Deployment_WithARunnersToken_BecomesItsManager_AndTakesJobs()
    {
        await using var host = await ClusterHost.QuietAsync();
        var runner = ClusterHost.NewRunner(host.Inner.Qa, "probe");
        var pipeline = ClusterHost.Run(host.Inner.Qa, "probe", 3);

        await host.ApplyAsync("qa-k8s-a", ClusterHost.Release("probe", host.Inner.QaAddress, runner.Token, concurrent: 5, limit: 2));
        await host.AdvanceAsync(1);

        var manager = runner.Managers.ShouldHaveSingleItem();
        (manager.Executor, manager.Cluster, manager.Slots, manager.Version).ShouldBe((Executor.Kubernetes, "qa-k8s-a", 2, "18.11.3"));
        manager.RunningJobs.Count.ShouldBe(2);
        var pod = (await host.PodsAsync("qa-k8s-a", "app=probe")).ShouldHaveSingleItem();
        (pod.Status.Phase, pod.Status.ContainerStatuses[0].Ready).ShouldBe(("Running", true));
        (await (await host.ClientAsync("qa-k8s-a")).AppsV1.ReadNamespacedDeploymentAsync("probe", "gitlab-runner")).Status.AvailableReplicas.ShouldBe(1);
        (await host.JobPodsAsync("qa-k8s-a")).ShouldAllBe(one => one.Labels()["manager.runner.gitlab.com/name"] == "probe" && one.Spec.Containers[0].Resources.Limits["memory"].ToString() == "1Gi");
        await host.AdvanceAsync(60);
        pipeline.Jobs.ShouldAllBe(job => job.Manager == manager);
        host.Inner.Qa.Do(world => world.InputLog.Count(one => one.Input is ConnectManager)).ShouldBe(1, "a restart replays it");
    }

    [Theory]
    [InlineData("glrt-t1_00000000000000000000", "is not valid")]
    [InlineData("", "needs to be entered")]
    public async Task Deployment_WithAWrongToken_FailsAgainAndAgain_AndIsNeverInContact(string token, string log)
    {
        await using var host = await ClusterHost.QuietAsync();
        await host.ApplyAsync("k8s-a", ClusterHost.Release("wrong", host.Inner.Address, token));
        await host.AdvanceAsync(3);

        var pod = (await host.PodsAsync("k8s-a", "app=wrong")).ShouldHaveSingleItem();

        pod.Status.ContainerStatuses[0].State.Waiting.Reason.ShouldBe("CrashLoopBackOff");
        pod.Status.ContainerStatuses[0].RestartCount.ShouldBeGreaterThan(2);
        await using var text = await (await host.ClientAsync("k8s-a")).CoreV1.ReadNamespacedPodLogAsync(pod.Name(), "gitlab-runner");
        (await new StreamReader(text).ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldContain(log);
        host.Inner.Production.Do(world => world.InputLog.Count).ShouldBe(0);
        (await (await host.ClientAsync("k8s-a")).AppsV1.ReadNamespacedDeploymentAsync("wrong", "gitlab-runner")).Status.ReadyReplicas.GetValueOrDefault().ShouldBe(0);
    }

    [Fact]
    public async Task Deployment_WithoutItsSecret_WaitsForIt()
    {
        await using var host = await ClusterHost.QuietAsync();
        var runner = ClusterHost.NewRunner(host.Inner.Production, "late");
        var release = ClusterHost.Release("late", host.Inner.Address, runner.Token);
        await host.ApplyAsync("k8s-a", string.Join("---\n", release.Split("---\n")[1..]));
        await host.AdvanceAsync(5);
        var pod = (await host.PodsAsync("k8s-a", "app=late")).ShouldHaveSingleItem();
        pod.Status.ContainerStatuses[0].State.Waiting.Reason.ShouldBe("ContainerCreating");
        (await (await host.ClientAsync("k8s-a")).CoreV1.ListNamespacedEventAsync("gitlab-runner")).Items
            .ShouldContain(one => one.Reason == "FailedMount" && one.Message.Contains("secret \"late\" not found", StringComparison.Ordinal));

        await host.ApplyAsync("k8s-a", release.Split("---\n")[0]);
        await host.AdvanceAsync(1);

        runner.Managers.ShouldHaveSingleItem().IsPolling.ShouldBeTrue();
    }

    [Fact]
    public async Task Scaling_MakesManagersAndEndsThemGently()
    {
        await using var host = await ClusterHost.QuietAsync();
        var runner = ClusterHost.NewRunner(host.Inner.Production, "scaled");
        await host.ApplyAsync("k8s-b", ClusterHost.Release("scaled", host.Inner.Address, runner.Token, concurrent: 1, replicas: 2));
        var pipeline = ClusterHost.Run(host.Inner.Production, "scaled", 6);
        await host.AdvanceAsync(1);
        runner.Managers.Count(one => one.IsPolling).ShouldBe(2);
        var running = pipeline.Jobs.Where(job => job.Status == JobStatus.Running).ToList();
        running.Count.ShouldBe(2);

        await ScaleAsync(host, "k8s-b", "scaled", 0);
        await host.AdvanceAsync(0.2);

        runner.Managers.ShouldAllBe(one => one.IsStopping);
        (await host.PodsAsync("k8s-b", "app=scaled")).ShouldAllBe(pod => pod.Metadata.DeletionTimestamp != null);
        await host.AdvanceAsync(55);
        running.ShouldAllBe(job => job.Status.IsFinal() && job.FailureReason != FailureReason.RunnerInterrupted);
        pipeline.Jobs.Count(job => job.Status == JobStatus.Pending).ShouldBe(4);
        runner.Managers.ShouldAllBe(one => !one.IsUp);
        (await host.PodsAsync("k8s-b", "app=scaled")).ShouldBeEmpty();
    }

    [Fact]
    public async Task DeletedDeployment_TakesItsPodsAndManagersWithIt()
    {
        await using var host = await ClusterHost.QuietAsync();
        await (await host.ClientAsync("k8s-a")).AppsV1.DeleteNamespacedDeploymentAsync("k8s-a-02", "gitlab-runner");
        await host.AdvanceAsync(1);

        (await host.PodsAsync("k8s-a", "app=k8s-a-02")).ShouldBeEmpty();
        (await (await host.ClientAsync("k8s-a")).AppsV1.ListNamespacedReplicaSetAsync("gitlab-runner")).Items.ShouldNotContain(set => set.Name().StartsWith("k8s-a-02-", StringComparison.Ordinal));
        host.Inner.Production.Do(world => world.Fleet.Runners.Single(runner => runner.Description == "k8s-a-02").Managers.Single().IsUp).ShouldBeFalse();
    }

    [Fact]
    public async Task NewTemplate_IsANewManager_AndTheOldOneGoesWhenItIsThere()
    {
        await using var host = await ClusterHost.QuietAsync();
        var runner = ClusterHost.NewRunner(host.Inner.Production, "rolled");
        await host.ApplyAsync("k8s-a", ClusterHost.Release("rolled", host.Inner.Address, runner.Token, concurrent: 1));
        await host.AdvanceAsync(1);
        var first = runner.Managers.Single();

        await host.ApplyAsync("k8s-a", ClusterHost.Release("rolled", host.Inner.Address, runner.Token, concurrent: 7));
        await host.AdvanceAsync(1);
        runner.Managers.ShouldHaveSingleItem("a new ConfigMap alone changes nothing");
        await host.ApplyAsync("k8s-a", ClusterHost.Release("rolled", host.Inner.Address, runner.Token, concurrent: 7, checksum: "2"));
        await host.AdvanceAsync(1);

        var second = runner.Managers.Single(one => one.IsUp);
        (first.IsUp, second.Slots, second.SystemId == first.SystemId).ShouldBe((false, 7, false));
        (await host.PodsAsync("k8s-a", "app=rolled")).ShouldHaveSingleItem().Status.Phase.ShouldBe("Running");
    }

    [Fact]
    public async Task DeletedPod_IsReplacedByANewManager()
    {
        await using var host = await ClusterHost.QuietAsync();
        var pod = (await host.PodsAsync("k8s-a", "app=k8s-a-02")).Single();
        await (await host.ClientAsync("k8s-a")).CoreV1.DeleteNamespacedPodAsync(pod.Name(), "gitlab-runner");
        await host.AdvanceAsync(1);

        (await host.PodsAsync("k8s-a", "app=k8s-a-02")).ShouldHaveSingleItem().Name().ShouldNotBe(pod.Name());
        var managers = host.Inner.Production.Do(world => world.Fleet.Runners.Single(runner => runner.Description == "k8s-a-02").Managers.Select(one => one.IsUp).ToList());
        managers.ShouldBe([false, true]);
    }

    [Fact]
    public async Task RunnerObject_BecomesAManagerThroughTheOperator_AndGoesWithIt()
    {
        await using var host = await ClusterHost.QuietAsync();
        var runner = ClusterHost.NewRunner(host.Inner.Qa, "operated");
        await host.ApplyAsync("qa-k8s-a", ClusterHost.Release("operated", host.Inner.QaAddress, runner.Token).Split("---\n")[0]);
        var client = (await host.ClientAsync("qa-k8s-a")).CustomObjects;
        await client.CreateNamespacedCustomObjectAsync(
            new Dictionary<string, object>
            {
                ["apiVersion"] = "apps.gitlab.com/v1beta2",
                ["kind"] = "Runner",
                ["metadata"] = new Dictionary<string, object> { ["name"] = "operated", ["namespace"] = "gitlab-runner" },
                ["spec"] = new Dictionary<string, object> { ["gitlabUrl"] = host.Inner.QaAddress.ToString(), ["token"] = "operated", ["concurrent"] = 3, ["namespace"] = "ci" },
            }, "apps.gitlab.com", "v1beta2", "gitlab-runner", "runners");
        await host.AdvanceAsync(1);

        (runner.Managers.ShouldHaveSingleItem().Slots, await PhaseAsync(client)).ShouldBe((3, "Running"));
        await client.DeleteNamespacedCustomObjectAsync("apps.gitlab.com", "v1beta2", "gitlab-runner", "runners", "operated");
        await host.AdvanceAsync(1);
        runner.Managers.Single().IsUp.ShouldBeFalse();
        (await (await host.ClientAsync("qa-k8s-a")).AppsV1.ListNamespacedDeploymentAsync("gitlab-runner")).Items.ShouldNotContain(one => one.Name() == "operated-runner");
    }

    [Fact]
    public async Task Jobs_SeeThePodsOfTheirManagersConfiguration()
    {
        await using var host = await ClusterHost.QuietAsync();
        var runner = ClusterHost.NewRunner(host.Inner.Qa, "asked");
        await host.ApplyAsync("qa-k8s-a", ClusterHost.Release("asked", host.Inner.QaAddress, runner.Token));
        await host.AdvanceAsync(1);

        var answers = host.Inner.Qa.Do(world => world.InputLog.Select(one => one.Input).OfType<DescribePods>().Single());

        (answers.RunnerId, answers.Answers.Memory, answers.Answers.Ping, answers.Answers.Cache, answers.Answers.Token).ShouldBe((runner.Id, "1073741824", false, false, true));
    }

    /// <summary>What a surge does: QA's cluster works off production's queue.</summary>
    [Fact]
    public async Task QaCluster_WithAProductionRunnersToken_MakesProductionsQueueGoDown()
    {
        await using var host = await ClusterHost.QuietAsync();
        var production = host.Inner.Production;
        var own = ClusterHost.NewRunner(production, "crowded");
        production.Do(world => world.Apply(new ConnectManager(own.Id, Executor.Kubernetes, 1, Cluster: "k8s-a")));
        ClusterHost.Run(production, "crowded", 100);
        await host.AdvanceAsync(10);
        var before = production.Do(world => world.Jobs.CountOf(JobStatus.Pending));
        before.ShouldBeGreaterThan(80, "one at a time is too slow");

        var lent = ClusterHost.NewRunner(production, "crowded");
        await host.ApplyAsync("qa-k8s-a", ClusterHost.Release("lent", host.Inner.Address, lent.Token, concurrent: 20));
        await host.AdvanceAsync(10);

        production.Do(world => world.Jobs.CountOf(JobStatus.Pending)).ShouldBeLessThan(before / 2);
        (await host.JobPodsAsync("qa-k8s-a")).Count.ShouldBeInRange(1, 20);
        await ScaleAsync(host, "qa-k8s-a", "lent", 0);
        await host.AdvanceAsync(59);
        lent.Managers.ShouldAllBe(one => !one.IsUp);
    }

    [Fact]
    public async Task DarkCluster_RefusesConnections()
    {
        await using var host = await ClusterHost.QuietAsync();
        await host.PodsAsync("k8s-a");
        host.Inner.Production.Do(world => world.Apply(new GoDark(Cluster: "k8s-a")));
        await host.AdvanceAsync(0.1);
        await Should.ThrowAsync<HttpRequestException>(() => host.PodsAsync("k8s-a"));
        host.Inner.Production.Do(world => world.Apply(new ComeBack(Cluster: "k8s-a")));
        await host.AdvanceAsync(0.1);
        (await host.PodsAsync("k8s-a")).ShouldNotBeEmpty();
    }

    private static async Task<string?> PhaseAsync(ICustomObjectsOperations client)
    {
        var item = System.Text.Json.JsonSerializer.SerializeToNode(
            await client.GetNamespacedCustomObjectAsync("apps.gitlab.com", "v1beta2", "gitlab-runner", "runners", "operated"));
        return item!["status"]?["phase"]?.GetValue<string>();
    }

    private static async Task ScaleAsync(ClusterHost host, string cluster, string name, int replicas) => await (await host.ClientAsync(cluster)).AppsV1.PatchNamespacedDeploymentScaleAsync(
        new V1Patch($$$"""{"spec":{"replicas":{{{replicas}}}}}""", V1Patch.PatchType.MergePatch), name, "gitlab-runner");
}
