using MigrationPortal.Domain.Clusters;
using MigrationPortal.Domain.Clusters.Apply;
using MigrationPortal.Domain.Clusters.Export;
using MigrationPortal.Domain.RunnerConfig.Configurations;
using MigrationPortal.Domain.Shared;
using MigrationPortal.Infrastructure.Sweeps;
using MigrationPortal.Infrastructure.Tests.Sweeps;
using MigrationPortal.Kubernetes;
using MigrationPortal.Testing;
using static MigrationPortal.Infrastructure.Tests.Cohorts.MoveWorld;

namespace MigrationPortal.Infrastructure.Tests.Clusters.Apply;

/// <summary>A configuration that is managed elsewhere, proposed to the simulated GitLab, merged there and applied by somebody else.</summary>
public sealed class ExportStoryTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Proposed_Merged_AppliedBySomebodyElse_AndSeen()
    {
        await using var portal = await SimulatedPortal.StartAsync(postgres);
        await using var server = await KubernetesCluster.StartAsync(new KubernetesOptions { Https = true }, TestContext.Current.CancellationToken);
        server.AddToken("token-of-the-portal", "portal");
        server.AllowAll("portal");
        var (owner, _, user) = Choose(portal, (_, _) => true);
        var access = new ClusterAccess.Token(server.Url.ToString(), "token-of-the-portal", server.CaPem);
        var cluster = (await portal.Get<IClusterStore>().AddAsync(new Cluster(0, "prod-a", SimulatedPortal.Production, ConnectionFacts.Of(access), [ApplyKit.Jobs], ApplyKit.Managers, [], 0), access, default))!.Id;
        var revision = new ConfigRevision(1, new RunnerConfiguration(DeploymentKind.Exported, ApplyKit.Toml(10), new Version(19, 3), new DeploymentSettings()), Actor.Portal, DateTimeOffset.UtcNow, "for the tests", []);
        var configuration = (await portal.Get<IConfigStore>().AddAsync(SimulatedPortal.Production, "hardened", revision, default))!.Id;
        var branch = portal.Simulator.Production.Do(world => Of(world, owner).DefaultBranch);

        var begun = ApplyKit.Done(await portal.Get<ExportRevision>().RunAsync(new ExportWish(cluster, configuration, null, ApplyExtras.All, (owner.Number, branch, "runners/prod-a"), ExportWish.UsualPatience, "a test"), Actor.Portal, default));
        await portal.RunAsync<ApplySweep>();
        var waits = (await portal.Get<IApplicationStore>().FindAsync(cluster, begun.Id, default))!;
        waits.Export!.Address.ShouldNotBeNull(waits.Said).ShouldContain("/merge_requests/");
        await portal.RunAsync<ApplySweep>();
        portal.Simulator.Production.Do(world => Of(world, owner).Repository.MergeRequests.Count(one => one.Title.StartsWith("Runner configuration", StringComparison.Ordinal))).ShouldBe(1);

        Merge(portal, owner, user);
        portal.Simulator.Production.Do(world => world.Code.FindFile(Of(world, owner), null, "runners/prod-a/README.md")!.Content).ShouldContain("hardened, revision 1");
        foreach (var space in (string[])[ApplyKit.Managers, ApplyKit.Jobs]) server.Objects.Put($$$"""{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"{{{space}}}"}}""");
        foreach (var one in begun.Objects.Where(one => one.Key.Kind != "Namespace")) server.Objects.Put(one.Body, "flux");
        await portal.RunAsync<ApplySweep>();
        (await portal.Get<IApplicationStore>().FindAsync(cluster, begun.Id, default))!.State.ShouldBe(ApplicationState.Healthy);
    }
}
