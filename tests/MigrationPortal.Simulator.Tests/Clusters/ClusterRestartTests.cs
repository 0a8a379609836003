using k8s;
using k8s.Models;
using MigrationPortal.Testing;
using MigrationPortal.World;

namespace MigrationPortal.Tests.Clusters;

public sealed class ClusterRestartTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Restart_FindsObjectsAndTheirManagersAgain()
    {
        var (world, database) = (WorldOptions.Quiet with { IncidentDays = 0 }, await postgres.CreateDatabaseAsync());
        string uid, systemId, owners;
        int runnerId;
        await using (var first = await ClusterHost.StartAsync(world, database))
        {
            var runner = ClusterHost.NewRunner(first.Inner.Production, "kept");
            runnerId = runner.Id;
            await first.ApplyAsync("k8s-a", ClusterHost.Release("kept", first.Inner.Address, runner.Token, concurrent: 3));
            await first.AdvanceAsync(1);
            systemId = runner.Managers.Single().SystemId;
            var deployment = await (await first.ClientAsync("k8s-a")).AppsV1.ReadNamespacedDeploymentAsync("kept", "gitlab-runner");
            (uid, owners) = (deployment.Uid(), Owners(deployment));
        }

        await using var second = await ClusterHost.StartAsync(world, database);
        await second.AdvanceAsync(5);

        var again = await (await second.ClientAsync("k8s-a")).AppsV1.ReadNamespacedDeploymentAsync("kept", "gitlab-runner");
        (again.Uid(), Owners(again), again.Status.ReadyReplicas).ShouldBe((uid, owners, 1));
        (await second.PodsAsync("k8s-a", "app=kept")).ShouldHaveSingleItem().Status.Phase.ShouldBe("Running");
        Managers(second, runnerId).ShouldBe([(systemId, true)], "the same process lives on");

        await (await second.ClientAsync("k8s-a")).AppsV1.DeleteNamespacedDeploymentAsync("kept", "gitlab-runner");
        await second.AdvanceAsync(1);
        Managers(second, runnerId).ShouldBe([(systemId, false)]);
    }

    private static string Owners(V1Deployment deployment) => string.Join(',', deployment.Metadata.ManagedFields.Select(one => $"{one.Manager} {one.Operation}"));

    private static (string, bool)[] Managers(ClusterHost host, int runnerId) =>
        host.Inner.Production.Do(world => world.Fleet.Find(runnerId)!.Managers.Select(one => (one.SystemId, one.IsUp)).ToArray());
}
